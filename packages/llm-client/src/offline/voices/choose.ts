import { wordsOf } from '../keywords.ts';
import { excerpt } from '../plain-text.ts';
import { chaotic } from './chaotic.ts';
import type { Voice } from './frames.ts';
import { methodical } from './methodical.ts';

const wild =
  /^(?:chaos|chaotic|creativ|unconventional|unorthodox|whims|absurd|surreal|lateral|playful|provoca|imaginat|wild|weird|disrupt|trickster|rebel|irreverent|eccentric|unpredictable|surpris|divergent|dada|poetic|zany|bizarre|improvis|random)/;
const tame =
  /^(?:method|careful|precis|systematic|structured|rigorous|analytical|rational|factual|sober|orderly|pragmatic|accurate|cautious)/;
const negation =
  /^(?:no|not|never|avoid|without|don't|don’t|isn't|rather|nothing|less|resist|ignore|neither|nor|against)$/;
const otherSide = /^(?:with|partner|colleague|opponent|counterpart|against|other|to|called|named)$/;

/** The voice that system prompts ask for: the chaotic one if they want chaos or creativity, else the methodical. */
export function chooseVoice(systemPrompts: readonly string[]): Voice {
  let balance = 0;
  for (const prompt of systemPrompts) {
    const words = wordsOf(excerpt(prompt));
    words.forEach((word, index) => {
      const before = words.slice(Math.max(0, index - 3), index);
      if (before.some((earlier) => negation.test(earlier))) return;
      // "You talk with ChaosAgent" says nothing about who is being addressed; "you are ChaosAgent" does.
      const isName = word.startsWith('chaos') && before.some((earlier) => otherSide.test(earlier));
      const addressed = before.includes('are') && before.includes('you');
      if (wild.test(word) && (!isName || addressed)) balance += addressed ? 2 : 1;
      else if (tame.test(word)) balance -= 1;
    });
  }
  return balance > 0 ? chaotic : methodical;
}
