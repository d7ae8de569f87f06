import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, only, readRecords, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { findRun } from '../reader/find-runs.ts';
import { readTree } from '../reader/read-tree.ts';
import { verifyRun } from '../reader/verify-run.ts';
import { shareRun } from '../run-share.ts';
import type { LogEvent, MessageEvent } from '../schema/logger-events.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { forkRun } from './fork-run.ts';

const dir = useTempDir();
const picture = `data:image/png;base64,${Buffer.alloc(9_000, 7).toString('base64')}`;
const say = (id: string, more: Partial<MessageEvent> = {}): LogEvent => ({
  type: 'message',
  message_id: id,
  from: 'a',
  to: 'b',
  content: `text of ${id}`,
  status: 'delivered',
  ...more,
});
const step = (id: string): LogEvent => ({ type: 'step', step_id: id, name: 'now', status: 'ok', value: id });

/** Two calls with pictures; the first one ends after the message `m2`, the second one begins after it. */
async function record(): Promise<string> {
  const log = createCallLog({ dir: dir(), tree: false });
  const run = await log.run({ id: 'old', name: 'n', metadata: { plan: 'a', seed: 7 } }, async (begun) => {
    const ask = { role: 'user', content: [{ type: 'image_url', image_url: { url: picture } }] };
    log.logger(callStart('c1', { agent: { id: 'a' }, messages: [ask] }));
    log.logger(say('m1'));
    log.logger(step('s1'));
    const worker = createCallLog({ join: shareRun(begun, { parentCallId: 'c1' }) });
    worker.logger(
      callStart('w1', { agent: { id: 'w' }, messages: [ask, { role: 'user', content: 'more' }] }),
    );
    worker.logger(callEnd('w1'));
    await worker.close();
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.logger(say('m2'));
    log.logger({ type: 'message', message_id: 'm1', status: 'handled' });
    log.logger({ type: 'tool.start', call_id: 'c1', tool_call_id: 't', name: 'look' });
    log.logger({ type: 'tool.end', call_id: 'c1', tool_call_id: 't', status: 'ok', result: 'seen' });
    log.logger(callEnd('c1', { cost_usd: 0.5 }));
    const other = `data:image/png;base64,${Buffer.alloc(9_000, 8).toString('base64')}`;
    const later = { role: 'user', content: [{ type: 'image_url', image_url: { url: other } }] };
    log.logger(callStart('c2', { agent: { id: 'late' }, messages: [ask, later] }));
    log.logger(step('s2'));
    log.logger(callEnd('c2'));
    log.logger(say('m3'));
    return begun;
  });
  await log.close();
  return run.journalPath;
}

describe('forkRun', () => {
  it('makes a run of what was on record before a message, and of what came of its calls', async () => {
    const old = await record();
    const forked = await forkRun(old, { before: 'm2', metadata: { seed: 8 } });
    expect(forked.id).not.toBe('old');
    const tree = await readTree(forked.journalPath);
    expect(tree.run).toMatchObject({
      id: forked.id,
      name: 'n',
      status: 'interrupted',
      metadata: { plan: 'a', seed: 8, forked_from: { run_id: 'old', message_id: 'm2' } },
    });
    expect(forked.metadata).toEqual(tree.run.metadata);
    expect(tree.messages).toMatchObject([{ id: 'm1', status: 'delivered' }]);
    expect(tree.steps?.map(({ id }) => id)).toEqual(['s1']);
    expect(tree.orphans).toEqual([]);
    const whole = await readTree(old);
    const calls = callsById(tree);
    expect([...calls.keys()]).toEqual(['c1', 'w1']);
    for (const call of calls.values()) {
      const before = callsById(whole).get(call.id);
      expect(call).toEqual(before);
      expect(expandRequest(call, calls)).toEqual(before && expandRequest(before, callsById(whole)));
    }
    const found = await findRun(forked.id, dir());
    expect(found.segments).toEqual([]);
    expect(await verifyRun(found)).toMatchObject({ loss: false, counts: {}, status: 'interrupted' });
    expect(readRecords(forked.journalPath).map(({ seq }) => seq)).toEqual(
      readRecords(forked.journalPath).map((_, i) => i),
    );
    const blob = only(readdirSync(join(dir(), forked.id, 'blobs')));
    const [here, there] = [forked.id, 'old'].map((id) => statSync(join(dir(), id, 'blobs', blob)).ino);
    expect(here).toBe(there);
  });

  it('can be continued, and forked again', async () => {
    const { id } = await forkRun(await record(), { before: 'm2', id: 'new' });
    const log = createCallLog({ dir: dir(), tree: 'inline' });
    await log.resume(id, () => log.logger(say('m2', { content: 'edited' })));
    await log.close();
    const tree = await readTree(join(dir(), 'new'));
    expect(tree.run).toMatchObject({ status: 'completed', metadata: { forked_from: { run_id: 'old' } } });
    expect(tree.messages.map(({ content }) => content)).toEqual(['text of m1', 'edited']);
    const again = await forkRun(join(dir(), 'new'), { before: 'm2' });
    expect((await readTree(again.journalPath)).messages).toHaveLength(1);
    expect(again.metadata.forked_from).toEqual({ run_id: 'new', message_id: 'm2' });
  });

  it('leaves nothing behind when it cannot be made', async () => {
    const old = await record();
    const before = readdirSync(dir(), { recursive: true }).sort();
    await expect(forkRun(old, { before: 'm9' })).rejects.toMatchObject({
      code: 'message_not_found',
      message: 'no message "m9" is on record in run old; there are m1, m2, m3',
    });
    await expect(forkRun(old, { before: 'm2', id: 'old' })).rejects.toMatchObject({ code: 'run_exists' });
    await expect(forkRun(old, { before: 'm2', id: '../x' })).rejects.toMatchObject({
      code: 'invalid_run_id',
    });
    await expect(forkRun(join(dir(), 'none'), { before: 'm' })).rejects.toMatchObject({
      code: 'log_not_found',
    });
    writeFileSync(join(dir(), 'tree.json'), JSON.stringify(await readTree(old)));
    await expect(forkRun(join(dir(), 'tree'), { before: 'm2' })).rejects.toMatchObject({ code: 'not_a_log' });
    expect(readdirSync(dir(), { recursive: true }).sort()).toEqual([...before, 'tree.json'].sort());
  });

  it('scrubs what is said of the new run, and keeps what was recorded as it is', async () => {
    const { journalPath } = await forkRun(await record(), {
      before: 'm2',
      metadata: { note: 'sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1234' },
    });
    expect(readFileSync(journalPath, 'utf8')).not.toContain('sk-proj');
    expect((await readTree(journalPath)).run.metadata).toMatchObject({ note: '[REDACTED]', plan: 'a' });
  });
});
