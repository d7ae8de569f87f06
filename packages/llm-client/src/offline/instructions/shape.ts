import type { ChatMessage } from '../chat-request.ts';
import { excerpt } from '../plain-text.ts';

/** The form that an answer is asked to have. */
export type Shape =
  | { type: 'sentences'; least: number; most: number }
  | { type: 'words'; count: number }
  | { type: 'list'; count: number; of: string; numbered: boolean }
  | { type: 'plan'; count: number }
  | { type: 'yes-or-no' };

const USUAL_STEPS = 4;
const MOST = 50;
const names = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const count = `(\\d{1,3}|an?|single|${names.join('|')})`;
const verbs =
  'list|name|give|suggest|write|propose|brainstorm|generate|produce|find|tell|think of|come up with|offer|provide|share';

type Reader = readonly [RegExp, (...groups: string[]) => Shape | undefined];

/** In order of precedence: what is narrower goes first. */
const readers: readonly Reader[] = [
  [/\b(?:answer|reply|respond)\b[^.?!\n]{0,20}\byes\b["”']? or ["“']?no\b/i, () => ({ type: 'yes-or-no' })],
  [
    new RegExp(
      `\\b(?:in|with|using|of|exactly|at most|only|more than|to)\\s+(?:(?:exactly|at most|just|only)\\s+)?${count}[\\s-]words?\\b`,
      'i',
    ),
    (n = '') => ({ type: 'words', count: toNumber(n) }),
  ],
  [
    new RegExp(
      `\\b${count}(?:\\s*(?:to|or|–|-)\\s*${count})?\\s+(?:short |brief |concise |single )?sentences?\\b`,
      'i',
    ),
    (from = '', to = '') => ({ type: 'sentences', least: toNumber(from), most: toNumber(to || from) }),
  ],
  [
    new RegExp(
      `\\b${count}[\\s-](?:numbered |concrete |simple |clear |short )*(?:steps?\\b|point plan)`,
      'i',
    ),
    (n = '') => (toNumber(n) > 1 ? { type: 'plan', count: toNumber(n) } : undefined),
  ],
  [
    new RegExp(`\\b(?:${verbs})\\b[^.?!\\n]{0,30}?\\b${count}\\s+((?:[a-z-]+\\s+){0,2}?[a-z-]+s)\\b`, 'i'),
    (n = '', of = '') =>
      toNumber(n) > 1 && !/^(?:words|sentences)$/i.test(of)
        ? { type: 'list', count: toNumber(n), of, numbered: false }
        : undefined,
  ],
  [
    new RegExp(`\\b${count}\\s+bullet`, 'i'),
    (n = '') => ({ type: 'list', count: toNumber(n), of: 'points', numbered: false }),
  ],
  [/\bnumbered list\b/i, () => ({ type: 'list', count: USUAL_STEPS, of: 'points', numbered: true })],
  [
    /\bstep[- ]by[- ]step (?:plan|list|instructions)|\bnumbered steps\b|\bbreak\b[^.?!\n]{0,80}\b(?:into|down)\b[^.?!\n]{0,30}\b(?:sub-?tasks|steps|tasks)|\b(?:make|write|create|draft|give|produce|propose|prepare|output|return|devise|outline)\b[^.?!\n]{0,30}\bplan\b|\byou are (?:a|an|the) (?:[\w-]+ ){0,2}planner\b/i,
    () => ({ type: 'plan', count: USUAL_STEPS }),
  ],
];

/** The form that the last request asks for, else the one that the system prompt does; `undefined` when neither asks for any. */
export function shapeOf(messages: readonly ChatMessage[]): Shape | undefined {
  const last = messages.findLast(({ role }) => role === 'user');
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  for (const message of [...(last === undefined ? [] : [last]), ...system.toReversed()]) {
    const shape = read(excerpt(message.text));
    if (shape !== undefined) return shape;
  }
  return undefined;
}

/**
 * The messages without what the last request says about form, so that the answer is not about that. Left alone when
 * nothing else would remain.
 */
export function withoutForm<M extends ChatMessage>(messages: readonly M[]): readonly M[] {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  const last = messages[at];
  if (last === undefined || last.text !== excerpt(last.text)) return messages;
  const sentences = last.text.split(/(?<=[.?!\n])\s+/);
  const rest = sentences.filter((sentence) => read(sentence) === undefined).join(' ');
  return rest.trim() === '' ? messages : messages.with(at, { ...last, text: rest });
}

function read(text: string): Shape | undefined {
  for (const [pattern, toShape] of readers) {
    const match = pattern.exec(text);
    const shape = match === null ? undefined : toShape(...match.slice(1));
    if (shape !== undefined) return shape;
  }
  return undefined;
}

function toNumber(text: string): number {
  const number = /^\d/.test(text) ? Number(text) : names.indexOf(text.toLowerCase()) + 1;
  return Math.min(Math.max(number, 1), MOST);
}
