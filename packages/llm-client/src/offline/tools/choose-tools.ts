import type { ChatMessage } from '../chat-request.ts';
import { readFacts } from '../facts.ts';
import { isFields } from '../fields.ts';
import { isContentWord, wordsOf } from '../keywords.ts';
import { excerpt } from '../plain-text.ts';
import type { Tool, ToolOffer } from './tool.ts';

/** One word of the name, or two of the description. */
const ENOUGH = 2;
/** How much of the best score a tool needs to be called along with the best. */
const BESIDE_THE_BEST = 0.6;
const MOST_AT_ONCE = 4;

/** Which tools the request at hand calls for, best first; none when it is to be answered in words. */
export function chooseTools(
  messages: readonly ChatMessage[],
  { tools, choice, parallel }: ToolOffer,
): Tool[] {
  if (choice === 'none' || tools.length === 0) return [];
  if (typeof choice === 'object') return tools.filter(({ name }) => name === choice.name).slice(0, 1);
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const request = excerpt(messages[last]?.text ?? '');
  // What has been called for this request already has its answer, right or wrong.
  const called = new Set(
    messages.slice(last + 1).flatMap(({ toolCalls = [] }) => toolCalls.map(({ name }) => name)),
  );
  const scored = tools
    .map((tool) => ({ tool, score: called.has(tool.name) ? 0 : scoreOf(tool, request) }))
    .toSorted((a, b) => b.score - a.score);
  const best = scored[0];
  if (best === undefined) return [];
  if (best.score < ENOUGH) return choice === 'required' ? [best.tool] : [];
  const fitting = scored.filter(({ score }) => score >= Math.max(ENOUGH, best.score * BESIDE_THE_BEST));
  return fitting.slice(0, parallel ? MOST_AT_ONCE : 1).map(({ tool }) => tool);
}

/** How much of what a tool says of itself is in the request. */
function scoreOf({ name, description, parameters }: Tool, request: string): number {
  if (name !== '' && request.includes(name)) return 10;
  const asked = stems(request);
  const inName = stems(name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' '));
  const fields =
    isFields(parameters) && isFields(parameters.properties) ? Object.keys(parameters.properties) : [];
  const about = new Set([...stems(description), ...fields.flatMap((field) => [...stems(field)])]);
  const count = (words: Iterable<string>) => [...words].filter((word) => asked.has(word)).length;
  const isSum = /calc|math|arith|evaluat|comput/i.test(`${name} ${description}`);
  const hasSum =
    isSum && readFacts([{ role: 'user', text: request, name: undefined }]).expression !== undefined;
  return count(inName) * 2 + count([...about].filter((word) => !inName.has(word))) + (hasSum ? 3 : 0);
}

function stems(text: string): Set<string> {
  return new Set(wordsOf(text).filter(isContentWord).map(stem));
}

/** search, searches, searching, searched → search; rough, and the same for both sides. */
function stem(word: string): string {
  return word.length <= 4 ? word.replace(/s$/, '') : word.replace(/(?:ing|ed|es|s|e)$/, '');
}
