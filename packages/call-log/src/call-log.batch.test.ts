import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { callEnd, callStart, only, readRecords, useTempDir } from '../test/helpers.ts';
import { createCallLog } from './call-log.ts';
import { combineLoggers } from './combine-loggers.ts';
import { guardLogger } from './guard-logger.ts';
import { findRun } from './reader/find-runs.ts';
import { readTree } from './reader/read-tree.ts';
import { verifyRun } from './reader/verify-run.ts';
import type { LogEvent } from './schema/logger-events.ts';

const tempDir = useTempDir();
const THREAD_IO = '/proc/thread-self/io';

function attempt(callId: string): LogEvent {
  return { type: 'attempt.start', call_id: callId, number: 1, provider: 'openai', model: 'gpt-x' };
}

/** Calls of `write` that the system has had from this thread. */
function writes(): number {
  return Number(/syscw: (\d+)/.exec(readFileSync(THREAD_IO, 'utf8'))?.[1]);
}

it.skipIf(!existsSync(THREAD_IO))('writes events that come together at once (counted by Linux)', async () => {
  await using log = createCallLog({ dir: tempDir(), tree: false });
  const logger = guardLogger(combineLoggers(log.logger));
  logger(callStart('first'));
  const before = writes();
  logger.batch([callStart('c'), attempt('c')]);
  expect(writes() - before).toBe(1);
  logger(callStart('d'));
  logger(attempt('d'));
  expect(writes() - before).toBe(3);
});

it('has them on disk when it returns, with the sequence of events that come one by one', async () => {
  const dir = tempDir();
  const events = [callStart('c', { agent: { id: 'a' } }), attempt('c'), callEnd('c')];
  const record = async (id: string, give: (log: ReturnType<typeof createCallLog>) => void) => {
    const log = createCallLog({ dir, tree: 'inline', defaultRun: { id }, now: () => new Date(0) });
    give(log);
    const onDisk = readRecords(join(dir, `${id}.jsonl`)).map(({ run_id, ...record }) => record);
    await log.close();
    const { run: _run, ...tree } = await readTree(join(dir, id));
    expect(JSON.parse(readFileSync(join(dir, `${id}.json`), 'utf8'))).toMatchObject({ agents: tree.agents });
    return { onDisk, agents: tree.agents };
  };
  const together = await record('together', (log) => log.logger.batch?.(events));
  expect(together.onDisk.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(together).toEqual(await record('apart', (log) => events.forEach(log.logger)));
});

it('keeps the runs apart, and the run that ends among them', async () => {
  const dir = tempDir();
  const log = createCallLog({ dir, tree: 'inline' });
  log.logger.batch?.([
    callStart('a', { run_id: 'one' }),
    callStart('b', { run_id: 'two' }),
    callEnd('a'),
    { type: 'run.end', run_id: 'one', status: 'completed' },
    callEnd('b'),
  ]);
  for (const [id, call] of [
    ['one', 'a'],
    ['two', 'b'],
  ] as const) {
    const journal = readFileSync(join(dir, `${id}.jsonl`), 'utf8');
    expect(journal).toContain(`"call_id":"${call}"`);
    expect(only((await readTree(join(dir, id))).agents).calls).toMatchObject([{ id: call, status: 'ok' }]);
  }
  expect((await readTree(join(dir, 'one'))).run.status).toBe('completed');
  await log.close();
  for (const id of ['one', 'two']) expect((await verifyRun(await findRun(id, dir))).counts).toEqual({});
});

it('counts what cannot be written, and goes on', async () => {
  const dir = tempDir();
  const told: string[] = [];
  const log = createCallLog({
    dir,
    tree: false,
    onDiagnostic: ({ kind }) => told.push(kind),
    defaultRun: { id: 'r' },
  });
  log.logger(callStart('before'));
  const journal = join(dir, 'r.jsonl');
  rmSync(journal);
  await new Promise((resolve) => setTimeout(resolve, 300));
  log.logger.batch?.([callStart('c'), attempt('c')]);
  expect(readRecords(journal).map(({ type }) => type)).toEqual([
    'segment.start',
    'run.start',
    'agent.start',
    'call.start',
    'attempt.start',
  ]);
  log.logger.batch?.([callEnd('c'), { type: 'call.end' } as never, null as never, callStart('d')]);
  log.logger.batch?.(null as never);
  log.logger(callEnd('d'));
  expect(readRecords(journal).at(-1)).toMatchObject({ type: 'call.end', call_id: 'd' });
  expect(told).toEqual(['write_failed', 'logger_error']);
  await log.close();
  expect((await readTree(join(dir, 'r'))).audit).toMatchObject({ dropped: 4, logger_errors: 2 });
});
