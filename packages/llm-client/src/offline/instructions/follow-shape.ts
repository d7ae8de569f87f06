import type { ChatMessage } from '../chat-request.ts';
import { Words } from '../schema/words.ts';
import { type Shape, withoutForm } from './shape.ts';

/** Enough for any number of sentences that is asked for, at two or more in each. */
const MOST_ROUNDS = 50;

/**
 * An answer of the form that was asked for.
 *
 * @param text to be brought into that form, where there is something to say already
 */
export function followShape(
  shape: Shape,
  messages: readonly ChatMessage[],
  seeds: readonly string[],
  text?: string,
): string {
  const words = new Words(withoutForm(messages), seeds);
  const begin = () => text ?? words.prose();
  switch (shape.type) {
    case 'yes-or-no':
      return words.random() < 0.5 ? 'Yes.' : 'No.';
    case 'words':
      return someWords(shape.count, begin(), words);
    case 'sentences':
      return someSentences(shape, begin(), words);
    case 'list':
      return lines(shape.count, () => entry(shape.of, words), shape.numbered);
    case 'plan':
      return lines(
        shape.count,
        (i) => (i > 0 && i === shape.count - 1 ? `Check whether ${words.measure()}` : words.step()),
        true,
      );
  }
}

function someSentences({ least, most }: { least: number; most: number }, text: string, words: Words): string {
  const sentences = split(text);
  for (let round = 0; sentences.length < least && round < MOST_ROUNDS; round++)
    sentences.push(...split(words.prose()));
  return sentences.slice(0, Math.max(least, most)).join(' ');
}

/** The same border of sentences that the stand-in's own tests use: a new one begins with a capital or a quote. */
function split(text: string): string[] {
  return text.split(/(?<=[.?!]) (?=[\p{Lu}“])/u);
}

function someWords(count: number, text: string, words: Words): string {
  // A few words are a thing; many are a sentence or more, cut short.
  let all = (count <= 3 ? words.thing().replace(/^(?:the|an?) /, '') : text).split(/\s+/);
  for (let round = 0; all.length < count && round < MOST_ROUNDS; round++)
    all = [...all, ...words.prose().split(/\s+/)];
  const said = all.slice(0, count).join(' ');
  return `${capitalise(said.replace(/[\p{P}\s]+$/u, ''))}.`;
}

function entry(of: string, words: Words): string {
  if (/question/i.test(of)) return words.question();
  if (/risk|problem|issue|objection|danger|drawback/i.test(of)) return words.risk();
  if (/step|action|task|way|measure|thing|tip|improvement|recommendation/i.test(of)) return words.step();
  if (/reason|argument/i.test(of)) return words.reason();
  if (/people|group|stakeholder|user/i.test(of)) return words.people();
  if (/idea|proposal|suggestion|option/i.test(of)) return words.idea();
  return words.thing();
}

function lines(count: number, line: (index: number) => string, numbered: boolean): string {
  return Array.from({ length: count }, (_, i) => {
    const text = capitalise(line(i));
    return `${numbered ? `${i + 1}.` : '-'} ${/[.?!]$/.test(text) ? text : `${text}.`}`;
  }).join('\n');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
