import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { JournalFold } from '../src/reader/journal-fold.ts';
import type { JsonObject } from '../src/schema/json.ts';
import type { CallEnd, CallStart } from '../src/schema/logger-events.ts';
import type { RunTree } from '../src/schema/tree.ts';

/** A folder of its own for every test. */
export function useTempDir(): () => string {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pd-call-log-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  return () => dir;
}

/** The beginning of a call with as little in it as a call can have. */
export function callStart(callId: string, more: Partial<CallStart> = {}): CallStart {
  return {
    type: 'call.start',
    call_id: callId,
    operation: 'chat',
    provider: 'openai',
    model: 'gpt-x',
    messages: [{ role: 'user', content: `ask ${callId}` }],
    ...more,
  };
}

/** Its good ending. */
export function callEnd(callId: string, more: Partial<CallEnd> = {}): CallEnd {
  return { type: 'call.end', call_id: callId, status: 'ok', ...more };
}

/** The records of a journal; fails on a line that is not JSON. */
export function readRecords(path: string): JsonObject[] {
  const text = readFileSync(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

/** Whatever is in a folder's files, as one text. */
export function everyByteIn(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => file.name + readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

/** The tree of a journal given as text or bytes, read like a file that was cut off there. */
export function foldText(journal: string | Buffer, alive = false): RunTree {
  const fold = new JournalFold();
  fold.push(Buffer.from(journal));
  fold.end();
  return fold.run.tree({ alive });
}

/** A journal line. */
export function line(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

/** The only element of a list. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (list.length !== 1 || first === undefined) throw new Error(`expected one element, got ${list.length}`);
  return first;
}
