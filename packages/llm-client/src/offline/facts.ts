import type { ChatMessage } from './chat-request.ts';
import { isFunctionWord } from './keywords.ts';
import { excerpt } from './plain-text.ts';

/** What a request names, in order of appearance: what goes into fields and arguments. */
export interface Facts {
  /** What was asked last, on one line. */
  request: string;
  numbers: readonly number[];
  /** Something to work out, such as `12 * (3 + 4)`. */
  expression: string | undefined;
  quotes: readonly string[];
  /** Words with a capital letter inside a sentence: places, people. */
  names: readonly string[];
  emails: readonly string[];
  urls: readonly string[];
  dates: readonly string[];
  /** Names of files, with what folders there are. */
  files: readonly string[];
}

/** Reads the last thing the other side said; and what tools have found out since. */
export function readFacts(messages: readonly ChatMessage[]): Facts {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const request = excerpt(messages[last]?.text ?? '').trim();
  const found = messages.slice(last + 1).filter(({ role }) => role === 'tool');
  const text = [request, ...found.map((message) => excerpt(message.text))].join('\n');
  const urls = all(text, /https?:\/\/[^\s"'<>)\]]+[^\s"'<>)\].,;:!?]/g);
  const emails = all(text, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g);
  const dates = all(text, /\b\d{4}-\d\d-\d\d\b/g);
  const plain = [...urls, ...emails, ...dates].reduce((rest, known) => rest.replaceAll(known, ' '), text);
  return {
    request: request.replace(/\s+/g, ' '),
    numbers: all(plain, /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)/g)
      .map(Number)
      .filter(Number.isFinite),
    expression: expressionIn(plain),
    quotes: [...plain.matchAll(/["“]([^"“”\n]{1,200})["”]|(?<![\p{L}])'([^'\n]{1,200})'(?!\p{L})/gu)].map(
      ([, double, single]) => double ?? single ?? '',
    ),
    names: namesIn(plain),
    emails,
    urls,
    dates,
    files: all(plain, /(?<![\w/.])[\w./-]*\w\.[a-z][a-z\d]{0,4}\b(?!\.\w)/gi),
  };
}

function all(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

function expressionIn(text: string): string | undefined {
  const [found] = /[\d(][\d\s.()]*(?:(?:\*\*|[-+*/×÷^%])\s*[\d.()][\d\s.()]*)+/.exec(text) ?? [];
  return found?.trim().replace(/[.\s]+$/, '');
}

function namesIn(text: string): string[] {
  const found = text.matchAll(
    /(?<![.!?:\n]\s*|^\s*|[\p{L}\d])\p{Lu}[\p{L}'’-]*\p{L}(?: \p{Lu}[\p{L}'’-]*\p{L})*/gu,
  );
  return [...new Set([...found].map(([name]) => name).filter((name) => !isFunctionWord(name.toLowerCase())))];
}
