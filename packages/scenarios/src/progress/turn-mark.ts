import { hash as digest } from 'node:crypto';
import { maskVolatile } from './mask-volatile.ts';
import { normaliseText } from './normalise-text.ts';
import { toCanonicalJson } from './to-canonical-json.ts';
import type { TurnRecord } from './turn-record.ts';

/** What a watch keeps of a turn: equal marks are equal turns. Of a size that does not depend on the turn's. */
export interface TurnMark {
  /** Hash of who, to whom, the tool runs, and what is said beside them. */
  whole: string;
  /** Hash of who asked which tools for what, without the results; absent without tool runs. */
  asked?: string;
  /** Hash of the results; absent without tool runs. */
  got?: string;
  from: string;
  /** One line that shows the turn to a reader. */
  shown: string;
}

const SHOWN_CHARACTERS = 80;

/** @param mask see `ProgressWatchOptions.maskResult` */
export function toMark(
  turn: TurnRecord,
  mask: (result: string, tool: string) => string = maskVolatile,
): TurnMark {
  const { from, to, content, toolRuns = [] } = turn;
  const runs = toolRuns.map(({ name, arguments: given, content: result }) => ({
    name,
    given: toCanonicalJson(given),
    result: mask(result, name),
  }));
  const asked = runs.flatMap(({ name, given }) => [name, given]);
  const results = runs.map(({ result }) => result);
  const text = normaliseText(content, runs.length === 0 ? undefined : [...asked, ...results]);
  const tools = runs.map(({ name, given }) => `${name}(${given})`).join(', ');
  return {
    whole: hash([from, to ?? '', ...asked, ...results, text]),
    ...(runs.length > 0 && { asked: hash([from, ...asked]), got: hash(results) }),
    from,
    shown: `${from}${to === undefined ? '' : ` → ${to}`}: ${clip(tools === '' ? content : tools)}`,
  };
}

/** As JSON, so that no two lists have one hash. */
function hash(parts: readonly string[]): string {
  return digest('sha256', JSON.stringify(parts), 'base64');
}

/** The beginning of a text on one line; a copy, because a slice would keep the whole of it in memory. */
function clip(text: string): string {
  const line = text
    .slice(0, 2 * SHOWN_CHARACTERS)
    .replace(/\s+/g, ' ')
    .trim();
  // `toWellFormed`: the cut may be between the two halves of a character.
  const shown =
    line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS - 1).toWellFormed()}…`;
  return Buffer.from(shown).toString();
}
