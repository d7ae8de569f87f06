import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import { withAgent } from '../src/identity/context.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { LogLine } from '../src/schema/logger-events.ts';
import { runTreeSchema } from '../src/schema/tree.ts';
import { callStart, everyByteIn, useTempDir } from './helpers.ts';

const tempDir = useTempDir();
const line = (message: string, more: Partial<LogLine> = {}): LogLine => ({
  type: 'log',
  level: 'info',
  message,
  ...more,
});

it('keeps the program’s lines with their agent, their call and their run', async () => {
  const log = createCallLog({
    dir: tempDir(),
    defaultRun: { id: 'main' },
    tree: 'inline',
    redact: { secrets: ['hunter2hunter2'] },
  });
  log.logger(line('nobody’s', { at: '2026-01-01T00:00:00.000Z' }));
  await log.run({ id: 'other' }, () =>
    withAgent({ id: 'ann', name: 'Ann' }, () => {
      log.logger(line('around', { level: 'warn', fields: { key: 'hunter2hunter2', big: 1n } }));
      log.logger(line('named', { agent_id: 'bob' }));
      log.logger(callStart('c'));
    }),
  );
  log.logger(line('late, of a call', { call_id: 'c' }));
  log.logger(line('in a run', { run_id: 'other' }));
  await log.close();

  const main = await readTree(join(tempDir(), 'main.jsonl'));
  expect(main.logs).toEqual([{ at: '2026-01-01T00:00:00.000Z', level: 'info', message: 'nobody’s' }]);
  expect(main.agents).toEqual([]);
  const other = await readTree(join(tempDir(), 'other.jsonl'));
  expect(runTreeSchema.parse(other)).toEqual(other);
  expect(other.logs).toMatchObject([
    { level: 'warn', message: 'around', agent_id: 'ann', fields: { key: '[REDACTED]', big: '1n' } },
    { message: 'named', agent_id: 'bob' },
    { message: 'late, of a call', call_id: 'c' },
    { message: 'in a run' },
  ]);
  expect(other.agents).toMatchObject([
    { id: 'ann', name: 'Ann', calls: [{ id: 'c' }] },
    { id: 'bob', calls: [] },
  ]);
  expect(other.orphans).toEqual([]);
  expect(everyByteIn(tempDir())).not.toContain('hunter2');
});

it('never throws, whatever a line holds', async () => {
  const log = createCallLog({ dir: tempDir(), defaultRun: { id: 'main' }, tree: false });
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const hostile = {
    get trap(): never {
      throw new Error('hostile');
    },
  };
  log.logger(line('circular', { fields: circle }));
  log.logger(line('hostile', { fields: hostile }));
  log.logger(line('shadowing', { fields: JSON.parse('{"__proto__":{"polluted":true}}') }));
  log.logger({ type: 'log' } as LogLine);
  await log.close();
  const { logs, audit } = await readTree(join(tempDir(), 'main.jsonl'));
  expect(logs?.map(({ fields }) => JSON.stringify(fields))).toEqual([
    '{"self":"[circular]"}',
    '{"trap":"[threw: hostile]"}',
    '{"__proto__":{"polluted":true}}',
  ]);
  expect(audit).toMatchObject({ damaged_lines: 1, logger_errors: 0 });
  expect({}).not.toHaveProperty('polluted');
});
