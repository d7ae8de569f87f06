import { describe, expect, it } from 'vitest';
import { callEnd, callStart, only, readRecords, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import type { CallLogOptions } from '../call-log-contract.ts';
import { readTree } from '../reader/read-tree.ts';

const tempDir = useTempDir();
const open = (options: Partial<CallLogOptions> = {}) =>
  createCallLog({ dir: tempDir(), tree: false, ...options });
const progress = (call_id: string, text: string) => ({ type: 'call.progress', call_id, text }) as const;
const pieces = (path: string) =>
  readRecords(path)
    .filter(({ type }) => type === 'call.progress')
    .map(({ text }) => text);

describe('the text of a call that goes on', () => {
  it('is written in new pieces, and is the reply as long as there is no other', async () => {
    const log = open({ progressMs: 1, redact: { secrets: ['secretsecret'] } });
    const { journalPath } = log.defaultRun();
    log.logger(callStart('a'));
    log.logger(progress('a', 'The key is secret'));
    await expect.poll(() => pieces(journalPath).join('')).toBe('The key is ');
    log.logger(progress('a', 'secret and '));
    await expect.poll(() => pieces(journalPath).join('')).toBe('The key is [REDACTED] and ');
    const call = async () => only(only((await readTree(journalPath)).agents).calls);
    const content = 'The key is [REDACTED] and ';
    expect(await call()).toMatchObject({
      status: 'open',
      post: { message: { role: 'assistant', content }, partial: true },
    });
    log.logger(progress('a', 'more '));
    const reply = { message: { role: 'assistant', content: 'whole' } };
    log.logger(callEnd('a', { reply }));
    await log.close();
    expect((await call()).post).toEqual(reply);
    // What was not written when the call ended never is.
    expect(pieces(journalPath).join('')).toBe(content);
  });

  it('is written when the log is closed, too, and read as that of an interrupted call', async () => {
    const log = open({ progressMs: 60_000 });
    const { journalPath } = log.defaultRun();
    for (const id of ['a', 'b']) log.logger(callStart(id));
    for (const word of ['one ', 'two ', 'thr']) for (const id of ['a', 'b']) log.logger(progress(id, word));
    await log.close();
    expect(pieces(journalPath)).toEqual(['one two ', 'one two ']);
    const { agents, orphans } = await readTree(journalPath);
    expect(orphans).toEqual([]);
    expect(only(agents).calls).toMatchObject([
      { status: 'interrupted', post: { message: { content: 'one two ' } } },
      { status: 'interrupted' },
    ]);
  });

  it('is not written with false, and not without content', async () => {
    for (const options of [{ progressMs: false }, { captureContent: false }] as const) {
      const log = open(options);
      const { journalPath } = log.defaultRun();
      log.logger(callStart('a'));
      log.logger(progress('a', 'some words '));
      await log.close();
      expect(pieces(journalPath)).toEqual([]);
    }
  });

  it('of ten thousand calls is forgotten, apart from those that came last', async () => {
    const log = open({ progressMs: 60_000 });
    const { journalPath } = log.defaultRun();
    for (let i = 0; i < 10_000; i++) log.logger(progress(`c${i}`, 'text '));
    await log.close();
    expect(pieces(journalPath)).toHaveLength(1_000);
  });

  it('does no harm when it is none', async () => {
    const log = open({ progressMs: 1, redact: { patterns: [/(?:a|b)*c/] }, onDiagnostic: () => {} });
    const { journalPath } = log.defaultRun();
    for (const text of [undefined, null, 7, { toString: null }, 'a'.repeat(12_000_000)])
      log.logger({ ...progress('x', ''), text } as never);
    log.logger(callStart('a'));
    await log.close();
    expect(readRecords(journalPath).at(-1)).toMatchObject({ type: 'run.end' });
  });
});
