import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pino, { type LoggerOptions, type Logger as Pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { LogNotFoundError } from '../src/errors/log-not-found-error.ts';
import { withAgent, withRun } from '../src/identity/context.ts';
import { callLogMixin } from '../src/pino/call-log-mixin.ts';
import { toPinoLogger } from '../src/pino/to-pino-logger.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { LogEvent, Logger } from '../src/schema/logger-events.ts';
import type { RunTree } from '../src/schema/tree.ts';
import callLogTransport, { type TransportOptions } from '../src/transport.ts';
import { callEnd, callStart, only, readRecords, useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);
const options = (more: TransportOptions = {}) => ({ dir: tempDir(), defaultRun: { id: 'run' }, ...more });

/** Runs the fixture: a program with this pino, whose transports are in a worker. */
function program(given: object) {
  return runProgram('pino-program.mjs', [JSON.stringify(given)]);
}

/** Logs through this pino with the transport in process, and reads the run. */
async function record(
  pinoOptions: LoggerOptions<string, boolean>,
  use: (log: Pino<string, boolean>, logger: Logger) => void,
  { level, ...more }: TransportOptions & { level?: string } = {},
): Promise<RunTree> {
  const stream = callLogTransport(options(more));
  const log = pino(pinoOptions, stream);
  use(log, toPinoLogger(log, level === undefined ? {} : { level }));
  stream.end();
  await finished(stream);
  return readTree(inDir('run'));
}

/** Takes the process warnings from now on; gives them back to whoever is next when asked for them. */
function collectWarnings(): () => string[] {
  const warnings: string[] = [];
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error) => {
    warnings.push(String(warning));
  };
  return () => {
    process.emitWarning = emitWarning;
    return warnings;
  };
}

async function toldOnStderr<T>(fn: () => Promise<T>): Promise<{ result: T; told: unknown[] }> {
  const told: unknown[] = [];
  const { write } = process.stderr;
  process.stderr.write = (text: unknown) => told.push(text) > 0;
  try {
    return { result: await fn(), told };
  } finally {
    process.stderr.write = write;
  }
}

const oneCall = (_: unknown, logger: Logger) =>
  withAgent({ id: 'ann' }, () => {
    logger(callStart('c'));
    logger(callEnd('c', { duration_ms: 1200 }));
  });
const call = (tree: RunTree) => only(only(tree.agents).calls);

const twoAgents = [
  {
    id: 'agent-0',
    calls: [{ id: 'c0', status: 'ok', agent_source: 'context', attempts: [{ status: 'ok' }] }],
  },
  { id: 'agent-1', calls: [{ id: 'c1', status: 'ok', agent_source: 'context' }] },
];
const closed = { code: 0, signal: null, stdout: 'closed', stderr: '' };

describe('in a worker', () => {
  const ours = (more: TransportOptions = {}) => ({
    target: '@pd/call-log/transport',
    options: options(more),
  });

  it('alone, keeping the program’s lines', async () => {
    expect(await program({ transport: ours({ keepLines: true }), pino: { messageKey: 'text' } })).toEqual(
      closed,
    );
    const tree = await readTree(inDir('run.jsonl'));
    expect(tree.agents).toMatchObject(twoAgents);
    expect(tree.logs).toMatchObject([
      { level: 'warn', message: 'a line of the program', fields: { turn: 0 }, agent_id: 'agent-0' },
      { level: 'warn', message: 'a line of the program', fields: { turn: 1 }, agent_id: 'agent-1' },
    ]);
    expect(JSON.parse(readFileSync(inDir('run.json'), 'utf8'))).toEqual(tree);
  });

  it('beside pino-pretty and pino/file: people read what the events are about', async () => {
    const pretty = {
      target: 'pino-pretty',
      options: {
        destination: inDir('pretty.log'),
        colorize: false,
        ignore: 'pid,hostname,time,pd,pd_context,pd_sum',
      },
    };
    const file = { target: 'pino/file', options: { destination: inDir('app.log') } };
    expect(await program({ transport: { targets: [pretty, ours(), file] } })).toEqual(closed);
    expect((await readTree(inDir('run.jsonl'))).agents).toMatchObject(twoAgents);
    expect(readFileSync(inDir('pretty.log'), 'utf8').split('\n').slice(0, 6)).toEqual([
      'INFO: call.start agent-0 p/m',
      'INFO: attempt.start #1 agent-0 p/m',
      'INFO: attempt.end ok #1 agent-0 p/m 200',
      'INFO: call.end ok agent-0 p/m 1.2 s',
      'WARN: a line of the program',
      '    turn: 0',
    ]);
    expect(readRecords(inDir('app.log'))).toHaveLength(10);
  });

  it('at a level of its own, which no other target sees', async () => {
    const file = { target: 'pino/file', options: { destination: inDir('app.log') } };
    const targets = [{ ...ours(), level: 'trace' }, file];
    expect(await program({ transport: { targets }, level: 'trace', pino: { level: 'warn' } })).toEqual(
      closed,
    );
    expect((await readTree(inDir('run.jsonl'))).agents).toMatchObject(twoAgents);
    expect(readRecords(inDir('app.log')).map(({ msg }) => msg)).toEqual(
      Array(2).fill('a line of the program'),
    );
  });

  it('with levels of the program’s own', async () => {
    const levels = { gossip: 5, news: 35, alarm: 70, warn: 40 };
    const given = {
      transport: { targets: [{ ...ours({ keepLines: { minimumLevel: 'warn' } }), level: 'news' }], levels },
      pino: { customLevels: levels, useOnlyCustomLevels: true, level: 'gossip' },
      level: 'news',
    };
    expect(await program(given)).toEqual(closed);
    const tree = await readTree(inDir('run.jsonl'));
    expect(tree.agents).toMatchObject(twoAgents);
    expect(tree.logs).toHaveLength(2);
  });
});

describe('whatever the logger is like', () => {
  it.each<[string, LoggerOptions<string, boolean>, (TransportOptions & { level?: string })?]>([
    ['at a high level', { level: 'fatal' }],
    ['messageKey and errorKey', { messageKey: 'text', errorKey: 'failure' }],
    ['nestedKey', { nestedKey: 'payload' }, { nestedKey: 'payload' }],
    ['a nestedKey that is called pd', { nestedKey: 'pd' }, { nestedKey: 'pd' }],
    ['no base and no timestamp', { base: null, timestamp: false }],
    [
      'formatters',
      { formatters: { level: (label) => ({ severity: label }), log: (line) => ({ ...line, more: 1 }) } },
    ],
    ['msgPrefix', { msgPrefix: '[app] ' }],
    ['crlf', { crlf: true }],
    ['depthLimit and edgeLimit', { depthLimit: 1, edgeLimit: 1 }],
    ['a mixin with a mind of its own', { mixin: () => ({ pd: 'mine', pd_context: 7, pd_sum: [] }) }],
    ['serializers of other things', { serializers: { req: () => 'gone', err: () => 'gone' } }],
    ['redact of other things', { redact: ['password', '*.authorization', 'req.headers[*]'] }],
    ['levels in another order', { levelComparison: 'DESC', level: 'debug' }],
  ])('%s: the call comes through as it was', async (_, pinoOptions, more) => {
    const tree = await record(pinoOptions, oneCall, more);
    expect(only(tree.agents)).toMatchObject({ id: 'ann' });
    expect(call(tree)).toMatchObject({
      status: 'ok',
      agent_source: 'context',
      pre: { messages: [{ role: 'user', content: 'ask c' }] },
    });
    expect(call(tree).pre).not.toHaveProperty('exact');
    expect(tree.audit).toMatchObject({ logger_errors: 0, damaged_lines: 0 });
    expect(tree).not.toHaveProperty('logs');
  });

  it('a level that changes later keeps no event back, only silent does', async () => {
    const warnings = collectWarnings();
    const tree = await record({ level: 'info' }, (log, logger) => {
      logger(callStart('c'));
      log.level = 'error';
      logger(callEnd('c'));
      log.level = 'silent';
      logger(callStart('unheard'));
      logger(callStart('unheard too'));
    });
    expect(call(tree)).toMatchObject({ id: 'c', status: 'ok' });
    expect(warnings()).toEqual([expect.stringContaining('is silent')]);
  });

  it('refuses a level that the logger does not have, when it is made', () => {
    const log = pino({ customLevels: { news: 35 }, useOnlyCustomLevels: true, level: 'news' });
    expect(() => toPinoLogger(log)).toThrow(/cannot write at level info; name one of its own/);
    expect(() => toPinoLogger({ info: () => {} }, { level: 'loud' })).toThrow(TypeError);
  });

  it.each<[string, LoggerOptions['redact']]>([
    ['censored', ['pd.messages[*].content']],
    [
      'censored to the same length',
      { paths: ['*.messages[*].content'], censor: (text: unknown) => 'x'.repeat(String(text).length) },
    ],
    ['removed', { paths: ['pd.messages[*].content'], remove: true }],
  ])('a request that its redact has %s is not exact', async (_, redact) => {
    const tree = await record({ redact }, oneCall);
    expect(call(tree).pre.exact).toBe(false);
    expect(JSON.stringify(tree)).not.toContain('ask c');
  });

  it('a request that has no JSON form is not exact', async () => {
    const tree = await record({}, (_, logger) => {
      const circle: Record<string, unknown> = { big: 1n };
      circle.self = circle;
      logger(callStart('c', { parameters: circle }));
    });
    expect(call(tree).pre).toMatchObject({ exact: false, parameters: { big: '1n', self: '[circular]' } });
  });

  it('events that its redact has spoiled are counted, and told of once', async () => {
    const redact = { paths: ['pd.call_id', '*.status'], remove: true };
    const { result: tree, told } = await toldOnStderr(() =>
      record({ redact }, (log, logger) => {
        oneCall(log, logger);
        logger({ type: 'agent.start', agent: { id: 'bob' } });
      }),
    );
    expect(tree.agents).toMatchObject([{ id: 'bob', calls: [] }]);
    expect(tree.audit).toMatchObject({ logger_errors: 2, damaged_lines: 0 });
    expect(told).toEqual([expect.stringMatching(/a call\.start without a proper call_id; pino's redact/)]);
  });
});

describe('who a line is of', () => {
  const byHand = (id: string, more: object = {}) => ({ pd: { ...callStart(id), ...more } });

  it('the mixin says it of events that are logged by hand', async () => {
    const tree = await record({ mixin: callLogMixin }, (log) => {
      withAgent({ id: 'ann', name: 'Ann' }, () => log.info(byHand('c1')));
      log.info({ pd: callEnd('c1') });
      log.info(byHand('c2'));
      withRun('other', () => withAgent({ id: 'bob' }, () => log.info(byHand('c3'))));
    });
    expect(tree.agents).toMatchObject([
      { id: 'ann', name: 'Ann', calls: [{ id: 'c1', status: 'ok', agent_source: 'context' }] },
      { id: 'unknown_agent', calls: [{ id: 'c2', agent_source: 'unknown' }] },
    ]);
    expect((await readTree(inDir('other'))).agents).toMatchObject([{ id: 'bob', calls: [{ id: 'c3' }] }]);
  });

  it('bindings of a child are surer than the context and less sure than what the call says', async () => {
    const tree = await record({ mixin: callLogMixin }, (log) => {
      const child = log.child({ agent_id: 'critic', agent_name: 'Critic', run_id: 'run' });
      withRun('elsewhere', () =>
        withAgent({ id: 'ann' }, () => {
          child.info(byHand('bound'));
          toPinoLogger(child)(callStart('bound too'));
          child.info(byHand('named', { agent: { id: 'bob' } }));
          child.info(byHand('in metadata', { metadata: { agent_id: 'carl' } }));
        }),
      );
    });
    expect(tree.agents).toMatchObject([
      {
        id: 'critic',
        name: 'Critic',
        calls: [
          { id: 'bound', agent_source: 'binding' },
          { id: 'bound too', agent_source: 'binding' },
        ],
      },
      { id: 'bob', calls: [{ agent_source: 'explicit' }] },
      { id: 'carl', calls: [{ agent_source: 'explicit' }] },
    ]);
  });

  it('gives events the time of their line', async () => {
    const at = '2026-03-04T05:06:07.089Z';
    const times = [
      `,"time":${Date.parse(at)}`,
      `,"time":"${at}"`,
      ',"time":"2026-03-04T05:06:07.089123456Z"',
      ',"time":1772600767',
    ];
    for (const [i, time] of times.entries()) {
      await record({ timestamp: () => time }, (log) => log.info(byHand('c')), {
        defaultRun: { id: `r${i}` },
      }).catch(() => {});
      const started = only(only((await readTree(inDir(`r${i}`))).agents).calls).started_at;
      expect(started).toBe(i === 3 ? '2026-03-04T05:06:07.000Z' : at);
    }
  });
});

describe('lines that are no events', () => {
  it('pass by unharmed, also with a pd of their own', async () => {
    const tree = await record({}, (log, logger) => {
      log.info('text');
      for (const pd of [
        'text',
        7,
        null,
        [],
        {},
        { type: 7 },
        { type: 'police' },
        { type: 'run.end', status: 'failed' },
      ])
        log.info({ pd });
      log.error(new Error('boom'));
      log.info({ pd_context: 'x', run_id: '../..', agent_id: 7 });
      oneCall(log, logger);
      log.info(JSON.parse('{"__proto__":{"pd":{"type":"call.end"}},"constructor":{"pd":1}}'));
    });
    expect(tree.run).toMatchObject({ status: 'completed', totals: { calls: 1 } });
    expect(tree.audit).toMatchObject({ logger_errors: 0, damaged_lines: 0 });
    expect(readRecords(inDir('run.jsonl')).map(({ type }) => type)).toEqual([
      'segment.start',
      'run.start',
      'agent.start',
      'call.start',
      'call.end',
      'audit',
      'run.end',
    ]);
  });

  it('are counted when they look like events and are none', async () => {
    const spoiled: object[] = [
      { type: 'call.start' },
      { type: 'call.start', call_id: 'c', operation: 'sing', provider: 'p', model: 'm' },
      { type: 'call.end', call_id: 7, status: 'ok' },
      { type: 'call.end', call_id: 'c', status: 'fine' },
      { type: 'agent.start', agent: 'ann' },
      { type: 'agent.start', agent: { id: 7 } },
      { type: 'attempt.start', call_id: 'c', number: 0.5, provider: 'p', model: 'm' },
      { type: 'message', message_id: null, status: 'delivered' },
      { type: 'tool.end', call_id: 'c', tool_call_id: 't', status: '[Redacted]' },
      { type: 'log' },
    ];
    const { result: tree } = await toldOnStderr(() =>
      record({}, (log, logger) => {
        for (const pd of spoiled) log.info({ pd });
        oneCall(log, logger);
      }),
    );
    expect(call(tree)).toMatchObject({ id: 'c', status: 'ok' });
    expect(tree.audit).toMatchObject({ logger_errors: spoiled.length, damaged_lines: 0 });
  });

  it('with a wrong value where it is no matter, are events without it', async () => {
    const odd = {
      agent: 'ann',
      metadata: 'none',
      at: 7,
      run_id: 7,
      tools: 'hammer',
      messages: 'hello',
      parent_call_id: {},
    };
    const { result: tree } = await toldOnStderr(() =>
      record({}, (log) => {
        log.info({ pd: { ...callStart('c'), ...odd }, pd_context: { agent: 'bob', runId: [] } });
        log.info({ pd: { ...callEnd('c'), duration_ms: 'long', usage: 7, reply: [] } });
      }),
    );
    expect(tree.agents).toMatchObject([{ id: 'unknown_agent', calls: [{ id: 'c', status: 'ok' }] }]);
    expect(tree.audit.damaged_lines).toBe(0);
  });

  it('tell where events are when the transport does not know of the nestedKey', async () => {
    const { result, told } = await toldOnStderr(() =>
      record({ nestedKey: 'payload' }, oneCall).catch((error: unknown) => error),
    );
    expect(result).toBeInstanceOf(LogNotFoundError);
    expect(told).toEqual([expect.stringContaining("give the transport { nestedKey: 'payload' }")]);
  });
});

describe('keepLines', () => {
  const talk = (log: Pino<string, boolean>, logger: Logger) =>
    withAgent({ id: 'ann' }, () => {
      log.debug('too low');
      log.info({ turn: 1, key: 'hunter2hunter2' }, 'hello %s', 'world');
      oneCall(log, logger);
      log.child({ run_id: 'other', agent_id: 'bob', part: 'x' }).error(new Error('boom'));
      log.warn({ pd: { type: 'police' } });
      log.warn({ pd: { type: 'call.end' } }, 'spoiled');
    });

  it('keeps every other line in its run, scrubbed, with its agent', async () => {
    const redact = { secrets: ['hunter2hunter2'] };
    const { result: tree } = await toldOnStderr(() =>
      record({ mixin: callLogMixin }, talk, { keepLines: true, redact }),
    );
    expect(tree.logs?.map(({ at: _, ...line }) => line)).toEqual([
      { level: 'info', message: 'hello world', agent_id: 'ann', fields: { turn: 1, key: '[REDACTED]' } },
      { level: 'warn', agent_id: 'ann', fields: { pd: { type: 'police' } } },
      { level: 'warn', message: 'spoiled', agent_id: 'ann', fields: { pd: { type: 'call.end' } } },
    ]);
    expect(tree.agents).toMatchObject([{ id: 'ann', calls: [{ id: 'c' }] }]);
    const other = await readTree(inDir('other'));
    expect(only(other.logs ?? [])).toMatchObject({
      level: 'error',
      message: 'boom',
      agent_id: 'bob',
      fields: { part: 'x', err: { type: 'Error', message: 'boom' } },
    });
    expect(readFileSync(inDir('run.jsonl'), 'utf8')).not.toContain('hunter2');
  });

  it.each<[string, LoggerOptions<string, boolean>, TransportOptions, string[]]>([
    ['a name', {}, { keepLines: { minimumLevel: 'warn' } }, ['warn', 'fatal']],
    ['a number', {}, { keepLines: { minimumLevel: 41 } }, ['fatal']],
    [
      'a level of the program',
      { customLevels: { news: 35 } },
      { keepLines: { minimumLevel: 'news' } },
      ['news', 'warn', 'fatal'],
    ],
    [
      'levels written as names',
      { formatters: { level: (label) => ({ level: label }) } },
      { keepLines: { minimumLevel: 'warn' } },
      ['warn', 'fatal'],
    ],
    [
      'no level that anybody knows',
      {},
      { keepLines: { minimumLevel: 'nonsense' } },
      ['info', 'warn', 'fatal'],
    ],
    [
      'lines without a level',
      { formatters: { level: () => ({ severity: 'high' }) } },
      { keepLines: { minimumLevel: 'warn' } },
      ['unknown', 'unknown', 'unknown'],
    ],
  ])('minimumLevel: %s', async (_, pinoOptions, more, expected) => {
    const tree = await record(
      pinoOptions,
      (log) => {
        log.info('i');
        if ('news' in log) (log.news as (text: string) => void).call(log, 'n');
        log.warn('w');
        log.fatal('f');
      },
      more,
    );
    expect(tree.logs?.map(({ level }) => level)).toEqual(expected);
  });

  it('knows the messageKey and the nestedKey', async () => {
    const tree = await record(
      { messageKey: 'text', nestedKey: 'payload', mixin: callLogMixin, base: { app: 'x' } },
      (log) => withAgent({ id: 'ann' }, () => log.info({ msg: 'a field', text: 'another' }, 'said')),
      { keepLines: true, nestedKey: 'payload' },
    );
    expect(only(tree.logs ?? [])).toMatchObject({
      message: 'said',
      agent_id: 'ann',
      fields: { app: 'x', msg: 'a field' },
    });
  });

  it('takes log events through a pino logger, too', async () => {
    const tree = await record({}, (log, logger) => {
      withAgent({ id: 'ann' }, () => logger({ type: 'log', level: 'info', message: 'from the agent' }));
      log.child({ agent_id: 'bob' }).info({ pd: { type: 'log', level: 'warn', message: 'by hand' } });
    });
    expect(tree.logs).toMatchObject([
      { message: 'from the agent', agent_id: 'ann' },
      { message: 'by hand', agent_id: 'bob', level: 'warn' },
    ]);
  });
});

describe('a logger that cannot write any more', () => {
  it('never throws at who asks, and warns once', () => {
    const warnings = collectWarnings();
    const broken: Logger = toPinoLogger({
      info: () => {
        throw new Error('broken');
      },
    });
    const events: LogEvent[] = [
      callStart('c'),
      callEnd('c'),
      { type: 'from.the.future' } as unknown as LogEvent,
    ];
    for (const event of events) expect(() => broken(event)).not.toThrow();
    expect(warnings()).toHaveLength(1);
  });

  it('does not end the program when a call outlives the transport', async () => {
    const given = { transport: { target: '@pd/call-log/transport', options: options() }, late: true };
    const { stderr, ...ended } = await program(given);
    expect(ended).toEqual({ code: 0, signal: null, stdout: 'closed' });
    expect(stderr).toMatch(/\[PD_LOGGER\] Warning: .* the stream of the pino logger has ended/);
    expect((await readTree(inDir('run'))).agents).toMatchObject(twoAgents);
  });
});
