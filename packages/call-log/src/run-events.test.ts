import { describe, expect, it } from 'vitest';
import { callEnd, callStart, readRecords, useTempDir } from '../test/helpers.ts';
import { createCallLog } from './call-log.ts';
import { readTree } from './reader/read-tree.ts';

const tempDir = useTempDir();
const quiet = { tree: false, onDiagnostic: () => {} } as const;

describe('a run that its own events begin and end', () => {
  it('has the name, the metadata, the times and the ending that they say', async () => {
    const log = createCallLog({ dir: tempDir(), tree: 'inline' });
    const at = '2026-01-02T03:04:05.006Z';
    log.logger({ type: 'run.start', run_id: 'past', name: 'long ago', metadata: { of: 'somebody' }, at });
    log.logger(callStart('c1', { run_id: 'past', at }));
    log.logger(callEnd('c1'));
    const error = { type: 'Boom', message: 'it fell' };
    log.logger({ type: 'run.end', run_id: 'past', status: 'failed', error, at: '2026-01-02T03:05:00.000Z' });
    await log.close();
    expect((await readTree(`${tempDir()}/past.json`)).run).toMatchObject({
      id: 'past',
      name: 'long ago',
      status: 'failed',
      started_at: at,
      ended_at: '2026-01-02T03:05:00.000Z',
      error,
      metadata: { of: 'somebody' },
      totals: { calls: 1 },
    });
  });

  it('takes what comes late, and ends once', async () => {
    const log = createCallLog({ dir: tempDir(), ...quiet });
    log.logger({ type: 'run.start', run_id: 'r' });
    log.logger({ type: 'run.end', run_id: 'r', status: 'completed' });
    log.logger(callStart('late', { run_id: 'r' }));
    log.logger(callEnd('late'));
    log.logger({ type: 'run.end', run_id: 'r', status: 'failed' });
    await log.close();
    const { run, agents } = await readTree(`${tempDir()}/r.jsonl`);
    expect(run.status).toBe('completed');
    expect(agents[0]?.calls).toHaveLength(1);
    expect(readRecords(`${tempDir()}/r.jsonl`).filter(({ type }) => type === 'run.end')).toHaveLength(1);
  });

  it('does not end a run that run() ends, nor the default run in place of one that cannot be used', async () => {
    const log = createCallLog({ dir: tempDir(), defaultRun: { id: 'default' }, ...quiet });
    await log.run({ id: 'own' }, () => {
      log.logger({ type: 'run.end', run_id: 'own', status: 'failed' });
      log.logger({ type: 'run.start', run_id: '../escape' });
      log.logger({ type: 'run.end', run_id: '../escape', status: 'failed' });
      log.logger(callStart('c', { run_id: '../escape' }));
    });
    await log.close();
    expect((await readTree(`${tempDir()}/own.jsonl`)).run.status).toBe('completed');
    expect((await readTree(`${tempDir()}/default.jsonl`)).run.status).toBe('completed');
  });
});
