import type { ChatMessage } from './chat-request.ts';
import { type Dialogue, readDialogue } from './dialogue.ts';
import { pick, type Random, randomFrom } from './random.ts';
import { createSlots, type Slots } from './slots.ts';
import type { Place } from './voices/frames.ts';

/**
 * What the stand-in says next: two to four sentences. A pure function of the messages and `seeds`, and every
 * character of every message counts, though only a bounded part of each is read for its meaning.
 */
export function composeReply(messages: readonly ChatMessage[], seeds: readonly string[]): string {
  const random = randomFrom(
    ...seeds,
    ...messages.flatMap(({ role, name, text }) => [role, name ?? '', text]),
  );
  const dialogue = readDialogue(messages);
  const slots = createSlots(dialogue, random);
  return placesOf(dialogue)
    .map((place) => sentence(place, slots, dialogue.ownSaid, random))
    .filter((text) => text !== undefined)
    .join(' ');
}

function placesOf({ voice, stage, obstacle, topic }: Dialogue): readonly Place[] {
  const [first = [], ...others] = voice.stages[stage];
  if (obstacle === undefined) return [first, ...others];
  const remark = { empty: voice.whenEmpty, foreign: voice.whenForeign, code: voice.whenCode }[obstacle];
  if (stage !== 'opening') return [remark, ...others];
  // The remark has already quoted what there was to quote: open with the topic, or with no reference at all.
  return [remark, topic === undefined ? first.slice(-1) : first, ...others];
}

/** Chooses a frame that can be filled and that this speaker has not used yet, and fills it. */
function sentence(place: Place, slots: Slots, ownSaid: string, random: Random): string | undefined {
  let oldest: { frame: string; at: number } | undefined;
  for (const group of place) {
    const usable = group.filter((frame) =>
      slotNames(frame).every((name) => slots(lower(name)) !== undefined),
    );
    const fresh = pick(
      usable.filter((frame) => !ownSaid.includes(skeleton(frame))),
      random,
    );
    if (fresh !== undefined) return fill(fresh, slots);
    for (const frame of usable) {
      const at = ownSaid.lastIndexOf(skeleton(frame));
      if (oldest === undefined || at < oldest.at) oldest = { frame, at };
    }
  }
  return oldest === undefined ? undefined : fill(oldest.frame, slots);
}

/** One pass, so that braces in what the other side said are never taken for slots. */
function fill(frame: string, slots: Slots): string {
  const text = frame.replace(/\{(\w+)\}/g, (_, name: string) => {
    const words = slots(lower(name)) ?? '';
    return name === lower(name) ? words : capitalise(words);
  });
  return capitalise(text);
}

function slotNames(frame: string): string[] {
  return [...frame.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The longest fixed part of a frame, in lower case: how it is recognised in what was said before. */
function skeleton(frame: string): string {
  const parts = frame.toLowerCase().split(/\{\w+\}/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '').trim();
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function capitalise(text: string): string {
  return text.replace(/^(\P{L}?)(\p{Ll})/u, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}
