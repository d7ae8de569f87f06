import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import { combineLoggers } from '../src/combine-loggers.ts';
import type { Diagnostic } from '../src/diagnostics.ts';
import { withAgent } from '../src/identity/context.ts';
import { spansToEvents } from '../src/otel/spans-to-events.ts';
import { fromOtlp } from '../src/otlp/from-otlp.ts';
import { createOtlpExporter, type OtlpExporterOptions } from '../src/otlp-export/create-otlp-exporter.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { Logger } from '../src/schema/logger-events.ts';
import { startCollector } from './collector.ts';
import { callEnd, callStart, useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';
import { recordedSpans } from './spans.ts';

const tempDir = useTempDir();
const reply = { reply: { message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' } };

/** An exporter that tells what it told. */
function createExporter(url: string, options: Partial<OtlpExporterOptions> = {}) {
  const told: Diagnostic[] = [];
  const exporter = createOtlpExporter({
    url,
    onDiagnostic: (diagnostic) => told.push(diagnostic),
    ...options,
  });
  return { ...exporter, told };
}

function oneCall(logger: Logger, id = 'c1'): void {
  logger(callStart(id, { agent: { id: 'a' } }));
  logger(callEnd(id, reply));
}

describe('a collector that works', () => {
  it('gets spans that are the tree of the log', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url, {
      defaultRun: { id: 'run-1', name: 'live', metadata: { by: 'test' } },
      headers: { 'x-api-key': 'k' },
    });
    const log = createCallLog({
      dir: tempDir(),
      defaultRun: { id: 'run-1', name: 'live', metadata: { by: 'test' } },
      tree: false,
    });
    // The same times in both, as a client gives them.
    const both = combineLoggers(log.logger, exporter.logger);
    let ms = Date.parse('2026-11-22T10:00:00.000Z');
    const logger: Logger = (event) => both({ ...event, at: new Date(ms++).toISOString() });
    const first = { role: 'user', content: 'one' };
    withAgent({ id: 'a', name: 'Ann' }, () => logger(callStart('c1', { messages: [first] })));
    logger({ type: 'attempt.start', call_id: 'c1', number: 1, provider: 'p', model: 'm' });
    logger({ type: 'attempt.end', call_id: 'c1', number: 1, status: 'error', http_status: 500 });
    logger({ type: 'attempt.start', call_id: 'c1', number: 2, provider: 'p', model: 'm' });
    logger({ type: 'attempt.end', call_id: 'c1', number: 2, status: 'ok' });
    logger(callEnd('c1', { ...reply, usage: { input_tokens: 3, output_tokens: 4, source: 'provider' } }));
    logger({ type: 'tool.start', call_id: 'c1', tool_call_id: 't', name: 'look', arguments: { at: 'sky' } });
    logger({ type: 'tool.end', call_id: 'c1', tool_call_id: 't', status: 'ok', result: 'blue' });
    withAgent({ id: 'a' }, () =>
      logger(callStart('c2', { messages: [first, { role: 'user', content: 'two' }] })),
    );
    logger(callEnd('c2', { status: 'aborted' }));
    logger({ type: 'agent.start', agent: { id: 'b', role: 'person' } });
    logger({
      type: 'message',
      message_id: 'm',
      from: 'a',
      to: 'b',
      call_id: 'c1',
      content: 'hi',
      status: 'delivered',
    });
    logger({ type: 'message', message_id: 'm', status: 'handled' });
    await Promise.all([log.close(), exporter.close()]);

    const { path, headers } = collector.received[0] ?? {};
    expect(path).toBe('/v1/traces');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-api-key': 'k' });
    const [live] = await fromOtlp(collector.received.map(({ body }) => body));
    const tree = await readTree(join(tempDir(), 'run-1'));
    expect({ ...live?.run, ended_at: '' }).toEqual({
      ...tree.run,
      started_at: live?.run.started_at,
      ended_at: '',
    });
    expect(live?.agents).toEqual(tree.agents);
    expect(live?.messages).toEqual(tree.messages);
    expect(exporter.counts).toEqual({ sent: collector.spans().length, lost: 0 });
    expect(exporter.told).toEqual([]);
  });

  it('gets runs that their own events begin and end as they say', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url);
    const log = createCallLog({ dir: tempDir(), tree: false });
    const both = combineLoggers(log.logger, exporter.logger);
    for (const event of spansToEvents(recordedSpans('ai-sdk-7'))) both(event);
    await Promise.all([log.close(), exporter.close()]);
    const live = await fromOtlp(collector.received.map(({ body }) => body));
    expect(live.map(({ run }) => run.status).sort()).toEqual(['completed', 'completed', 'failed']);
    for (const { run, agents } of live) {
      const tree = await readTree(join(tempDir(), run.id));
      expect(run).toEqual(tree.run);
      expect(agents).toEqual(tree.agents);
    }
    expect(exporter.counts).toEqual({ sent: collector.spans().length, lost: 0 });
  });

  it('gets them while the program runs, and the whole request of every call', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url, { limits: { intervalMs: 10 } });
    oneCall(exporter.logger);
    exporter.logger(callStart('c2', { agent: { id: 'a' }, messages: [{ role: 'user', content: 'ask c1' }] }));
    exporter.logger(callEnd('c2', reply));
    await expect.poll(() => collector.spans().length).toBe(2);
    for (const { name, attributes, kind } of collector.spans()) {
      expect({ name, kind }).toEqual({ name: 'chat gpt-x', kind: 3 });
      expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([
        { role: 'user', parts: [{ type: 'text', content: 'ask c1' }] },
      ]);
    }
    await exporter.close();
  });

  it('gets no secret, wherever it stands', async () => {
    const collector = await startCollector();
    const secret = 'hunter2-hunter2';
    const exporter = createExporter(collector.url, { redact: { secrets: [secret] } });
    exporter.logger(
      callStart(secret, {
        agent: { id: secret, name: `my ${secret}` },
        messages: [{ role: 'user', content: `sk-${'xA9'.repeat(14)} ${secret}` }],
        metadata: { [secret]: secret, run_id: `run ${secret}`, password: 'correct horse' },
      }),
    );
    exporter.logger(callEnd(secret, { status: 'error', error: { type: 'E', message: `bad ${secret}` } }));
    exporter.logger({
      type: 'message',
      message_id: secret,
      from: secret,
      content: secret,
      status: 'delivered',
    });
    await exporter.close();
    const bytes = JSON.stringify(collector.received);
    expect(bytes).toContain('[REDACTED]');
    expect(bytes).not.toMatch(/hunter2|sk-x|correct horse/);
  });

  it('gets nothing that was said, if nothing is to be captured', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url, { captureContent: false });
    exporter.logger(
      callStart('c1', {
        agent: { id: 'a' },
        messages: [{ role: 'user', content: 'plutonium' }],
        metadata: { of: 'plutonium' },
      }),
    );
    exporter.logger(callEnd('c1', { reply: { message: { role: 'assistant', content: 'plutonium' } } }));
    exporter.logger({
      type: 'tool.start',
      call_id: 'c1',
      tool_call_id: 't',
      name: 'look',
      arguments: 'plutonium',
    });
    exporter.logger({
      type: 'tool.end',
      call_id: 'c1',
      tool_call_id: 't',
      status: 'ok',
      result: 'plutonium',
    });
    exporter.logger({
      type: 'message',
      message_id: 'm',
      from: 'a',
      content: 'plutonium',
      status: 'delivered',
    });
    await exporter.close();
    expect(JSON.stringify(collector.received)).not.toContain('plutonium');
    const [tree] = await fromOtlp(collector.received.map(({ body }) => body));
    expect(tree?.audit.capture_content).toBe(false);
    expect(tree?.agents).toMatchObject([
      { calls: [{ pre: { messages: [{ role: 'user', content: '[not captured, 9 characters]' }] } }] },
    ]);
  });

  it('gets the hash of a large image, not its bytes', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url);
    const url = `data:image/png;base64,${Buffer.alloc(100_000, 7).toString('base64')}`;
    const image = { role: 'user', content: [{ type: 'image_url', image_url: { url } }] };
    exporter.logger(callStart('c1', { agent: { id: 'a' }, messages: [image] }));
    exporter.logger(callEnd('c1'));
    await exporter.close();
    const bytes = JSON.stringify(collector.received);
    expect(bytes.length).toBeLessThan(20_000);
    expect(bytes).toMatch(/[0-9a-f]{64}/);
  });

  it('is told of calls that never end', async () => {
    const collector = await startCollector();
    const exporter = createExporter(collector.url);
    exporter.logger(callStart('c1', { agent: { id: 'a' } }));
    exporter.logger({ type: 'tool.start', call_id: 'c1', tool_call_id: 't', name: 'look' });
    await exporter.close();
    const [tree] = await fromOtlp(collector.received.map(({ body }) => body));
    expect(tree?.agents).toMatchObject([
      { calls: [{ status: 'interrupted', tool_calls: [{ status: 'interrupted' }] }], totals: { errors: 1 } },
    ]);
  });
});

describe('a collector that does not work never harms', () => {
  it('dead: told once, counted, closed in time', async () => {
    const collector = await startCollector();
    await collector.close();
    const exporter = createExporter(collector.url, {
      closeTimeoutMs: 200,
      headers: { authorization: 'Bearer secret' },
    });
    const started = performance.now();
    for (let n = 0; n < 100; n++) oneCall(exporter.logger, `c${n}`);
    expect(performance.now() - started).toBeLessThan(500);
    await exporter.close();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(exporter.counts).toEqual({ sent: 0, lost: 102 });
    expect(exporter.told).toMatchObject([{ kind: 'export_failed' }]);
    expect(exporter.told[0]?.message).toMatch(
      /^spans for http:\/\/127\.0\.0\.1:\d+\/v1\/traces are lost: .*ECONNREFUSED/,
    );
  });

  it('slow: the queue is bounded', async () => {
    const collector = await startCollector(() => {});
    const exporter = createExporter(collector.url, {
      closeTimeoutMs: 100,
      limits: { queueSpans: 10, batchSpans: 5 },
    });
    for (let n = 0; n < 50; n++) {
      oneCall(exporter.logger, `c${n}`);
      await wait(0);
    }
    await exporter.close();
    expect(collector.received).toHaveLength(1);
    expect(exporter.counts).toEqual({ sent: 0, lost: 52 });
    expect(exporter.told).toHaveLength(1);
  });

  it('503, then 200: tried again when it asks for it, with the same spans', async () => {
    const collector = await startCollector((response, count) => {
      if (count === 1) response.writeHead(503, { 'retry-after': '0' });
      response.end('{}');
    });
    const exporter = createExporter(collector.url);
    oneCall(exporter.logger);
    await exporter.close();
    expect(collector.received).toHaveLength(2);
    expect(collector.received[0]?.body).toEqual(collector.received[1]?.body);
    expect(exporter.counts).toEqual({ sent: 3, lost: 0 });
    expect(exporter.told).toEqual([]);
  });

  it.each([400, 401, 413, 500, 302])('%i: never tried again', async (status) => {
    const collector = await startCollector((response) =>
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{"message":"no such key"}'),
    );
    const exporter = createExporter(collector.url);
    oneCall(exporter.logger);
    await exporter.close();
    expect(collector.received).toHaveLength(1);
    expect(exporter.counts).toEqual({ sent: 0, lost: 3 });
    expect(exporter.told[0]?.message).toContain(`HTTP ${status}: no such key`);
  });

  it('partly: what it rejects is lost and not sent again', async () => {
    const collector = await startCollector((response) =>
      response.end('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too large"}}'),
    );
    const exporter = createExporter(collector.url);
    oneCall(exporter.logger);
    await exporter.close();
    expect(exporter.counts).toEqual({ sent: 1, lost: 2 });
    expect(exporter.told[0]?.message).toContain('too large');
  });

  it('an answer without end is left', async () => {
    const collector = await startCollector((response) => {
      response.on('close', () => clearInterval(timer));
      const timer = setInterval(() => response.write('x'.repeat(50_000)), 1);
    });
    const exporter = createExporter(collector.url);
    oneCall(exporter.logger);
    await exporter.close();
    expect(exporter.counts).toEqual({ sent: 3, lost: 0 });
  });
});

it('events of any shape are survived', async () => {
  const collector = await startCollector();
  const exporter = createExporter(collector.url);
  const strange: unknown[] = [
    null,
    7,
    {},
    { type: 'call.start' },
    { type: 'call.start', call_id: 'x', messages: 'no', metadata: null },
    { type: 'call.end', call_id: 'x', status: 5, usage: 'none', reply: 7 },
    {
      type: 'call.start',
      call_id: 'y',
      messages: [1, null, { toJSON: () => 1n }],
      model: {},
      provider: Symbol('p'),
    },
    { type: 'call.end', call_id: 'y', status: 'ok', reply: { message: [], other_choices: 'x' } },
    { type: 'message' },
    { type: 'agent.start' },
    { type: 'tool.end', call_id: 'x' },
    JSON.parse(
      '{"type":"call.start","call_id":"__proto__","messages":[{"__proto__":1}],"metadata":{"__proto__":2}}',
    ),
    { type: 'call.end', call_id: '__proto__', status: 'ok' },
  ];
  for (const event of strange) exporter.logger(event as never);
  oneCall(exporter.logger);
  await exporter.close();
  expect(collector.spans().map(({ attributes }) => attributes['pd.call.id'])).toEqual(
    expect.arrayContaining(['c1', '__proto__']),
  );
  exporter.logger(callStart('late'));
  await exporter.close();
});

it.each(['', 'localhost:4318', 'ftp://x/', 'http://user:pass@x/'])('%o is no URL to post to', (url) => {
  expect(() => createOtlpExporter({ url })).toThrow(TypeError);
  expect(() => createOtlpExporter({ url })).not.toThrow(/pass@/);
});

it('a program that forgets to close ends at once all the same, and has loaded no other package', async () => {
  const started = performance.now();
  expect(await runProgram('otlp-without-close.cjs', ['http://127.0.0.1:9/'])).toEqual({
    code: 0,
    signal: null,
    stdout: '[]',
    stderr: '',
  });
  // The spans would have waited for five seconds.
  expect(performance.now() - started).toBeLessThan(4_000);
});
