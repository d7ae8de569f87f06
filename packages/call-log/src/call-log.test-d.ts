import { describe, expectTypeOf, it } from 'vitest';
import {
  CallLogError,
  combineLoggers,
  createCallLog,
  type LogEvent,
  type Logger,
  type Run,
  type RunTree,
  readTree,
  withAgent,
} from './index.ts';
import type { CallNode, RecordedEvent, RecordedEventOf } from './schema.ts';

describe('createCallLog', () => {
  it('gives a logger that any client can take', () => {
    const log = createCallLog({ redact: { secrets: ['x'], patterns: [/y/] } });
    expectTypeOf(log.logger).toEqualTypeOf<Logger>();
    expectTypeOf(log.logger).parameter(0).toEqualTypeOf<LogEvent>();
    expectTypeOf(log.defaultRun()).toEqualTypeOf<Run>();
    expectTypeOf(log).toExtend<AsyncDisposable>();
    expectTypeOf(combineLoggers(log.logger, log.logger)).toEqualTypeOf<Logger>();
  });

  it('passes on what a run gives, awaited', () => {
    const log = createCallLog();
    expectTypeOf(log.run({}, () => 7)).resolves.toEqualTypeOf<number>();
    expectTypeOf(log.run({ id: 'r' }, async () => ['x'])).resolves.toEqualTypeOf<string[]>();
    expectTypeOf(withAgent({ id: 'a' }, async () => 7)).toEqualTypeOf<Promise<number>>();
  });

  it('rejects misuse', () => {
    // @ts-expect-error there is no such keeper
    createCallLog({ tree: true });
    // @ts-expect-error patterns are regular expressions
    createCallLog({ redact: { patterns: ['x'] } });
    const { logger } = createCallLog();
    // @ts-expect-error nobody can tell which call has ended
    logger({ type: 'call.end', status: 'ok' });
    // @ts-expect-error a call does not end as open
    logger({ type: 'call.end', call_id: 'c', status: 'open' });
    // @ts-expect-error the log itself writes these
    logger({ type: 'run.end', status: 'completed' });
    // @ts-expect-error an agent has an id
    withAgent({ name: 'a' }, () => {});
  });
});

describe('what is read back', () => {
  it('is narrowed by its type', () => {
    expectTypeOf(readTree('x')).resolves.toEqualTypeOf<RunTree>();
    expectTypeOf<CallNode['status']>().toEqualTypeOf<
      'ok' | 'error' | 'aborted' | 'timeout' | 'truncated' | 'interrupted' | 'open'
    >();
    expectTypeOf<RecordedEventOf<'call.end'>['status']>().toEqualTypeOf<
      'ok' | 'error' | 'aborted' | 'timeout' | 'truncated'
    >();
    expectTypeOf<RecordedEvent['seq']>().toEqualTypeOf<number>();
    // Absent means unknown.
    expectTypeOf<RunTree['run']['totals']['cost_usd']>().toEqualTypeOf<number | undefined>();
    const value: unknown = 0;
    if (CallLogError.isInstance(value)) expectTypeOf(value.code).toEqualTypeOf<string>();
  });
});
