import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import { trace } from '@opentelemetry/api';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createCallLog, type Logger, withAgent } from '@pd/call-log';
import { createSpanExporter, createSpanProcessor } from '@pd/call-log/otel';
import { generateText, stepCountIs, streamText, type Telemetry, tool } from 'ai';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ModelServer, startModelServer } from '../src/model-server.ts';
import { callsOf, expectSame, readRuns } from '../src/recorded-runs.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const dir = temporaryFolder();
// The API has one provider for a process; each test adds its own log to it.
const loggers: SpanProcessor[] = [];
const provider = new NodeTracerProvider({
  spanProcessors: [
    {
      onStart: (span, context) => loggers.forEach((one) => void one.onStart(span, context)),
      onEnd: (span) => loggers.forEach((one) => void one.onEnd(span)),
      forceFlush: async () => {},
      shutdown: async () => {},
    },
  ],
});
provider.register();
afterAll(() => provider.shutdown());

const viaProcessor = (logger: Logger): SpanProcessor => createSpanProcessor({ logger });
const viaExporter = (logger: Logger): SpanProcessor => new BatchSpanProcessor(createSpanExporter({ logger }));

describe.each([
  { name: 'current, span processor', make: () => new OpenTelemetry(), log: viaProcessor },
  { name: 'current, span exporter', make: () => new OpenTelemetry(), log: viaExporter },
  { name: 'legacy, span processor', make: () => new LegacyOpenTelemetry(), log: viaProcessor },
  { name: 'legacy, span exporter', make: () => new LegacyOpenTelemetry(), log: viaExporter },
])('telemetry of the AI SDK: $name', ({ name, make, log: toProcessor }) => {
  test('two agents at once, a tool, a stream and an error', async () => {
    const folder = `${dir}/${name}`;
    await using server = await startModelServer();
    const log = createCallLog({ dir: folder, tree: false });
    const processor = toProcessor(log.logger);
    loggers.splice(0, loggers.length, processor);
    await trace.getTracer('program').startActiveSpan('program', async (span) => {
      await talk(server, make());
      span.end();
    });
    await processor.forceFlush();
    await processor.shutdown();
    await log.close();

    const runs = await readRuns(folder);
    expect([...runs.keys()]).toEqual(['program']);
    const [tree] = [...runs.values()];
    const calls = tree === undefined ? [] : callsOf(tree);
    expect(tree?.run.status).toBe('completed');
    expect(server.exchanges).toHaveLength(5);
    const good = calls.filter(({ status }) => status === 'ok');
    expectSame(
      good,
      server.exchanges.filter(({ status }) => status === 200),
    );

    expect(good.map(({ owner, pre }) => `${owner} ${pre.model}`).sort()).toEqual([
      'forecaster m1',
      'forecaster m1',
      'greeter m2',
      'poet m3',
    ]);
    const [asking] = good.filter(({ tool_calls }) => tool_calls.length > 0);
    expect(asking).toMatchObject({
      owner: 'forecaster',
      tool_calls: [{ name: 'weather', arguments: { input: 'Paris' }, result: { sky: 'blue' }, status: 'ok' }],
      pre: { provider: 'loopback.chat', parameters: { temperature: 0.5 } },
    });
    expect(good.find(({ owner }) => owner === 'poet')?.time_to_first_chunk_ms).toBeGreaterThan(0);
    const bad = calls.filter(({ status }) => status === 'error');
    expect(bad).toMatchObject([{ owner: 'unlucky', error: { message: /the model fell over/ } }]);
  });
});

test('a call belongs to the agent and the run around it, where the SDK names none', async () => {
  await using server = await startModelServer();
  const folder = `${dir}/around`;
  const log = createCallLog({ dir: folder, tree: false });
  const processor = createSpanProcessor({ logger: log.logger });
  loggers.splice(0, loggers.length, processor);
  const model = modelsOf(server)('m');
  const ask = (name: string, prompt: string) =>
    withAgent({ id: name }, () =>
      generateText({ model, prompt, telemetry: { integrations: new OpenTelemetry() } }),
    );
  await log.run({ name: 'ours' }, () =>
    Promise.all(['ann', 'ben', 'cat'].map((name) => ask(name, `I am ${name}`))),
  );
  await processor.shutdown();
  await log.close();
  const runs = await readRuns(folder);
  expect([...runs.keys()]).toEqual(['ours']);
  const calls = [...runs.values()].flatMap(callsOf);
  expect(
    calls.map(({ owner, agent_source, sent }) => [owner, agent_source, sent[0]?.content]).sort(),
  ).toEqual(['ann', 'ben', 'cat'].map((name) => [name, 'context', `I am ${name}`]));
});

async function talk(server: ModelServer, integrations: Telemetry): Promise<void> {
  const models = modelsOf(server);
  const telemetry = (functionId: string) => ({ functionId, integrations });
  const weather = tool({
    description: 'The weather of a place',
    inputSchema: z.object({ input: z.string() }),
    execute: async ({ input }) => ({ sky: 'blue', input }),
  });
  await Promise.all([
    generateText({
      model: models('m1'),
      temperature: 0.5,
      instructions: 'Be brief.',
      prompt: 'use weather Paris',
      tools: { weather },
      stopWhen: stepCountIs(3),
      telemetry: telemetry('forecaster'),
    }),
    generateText({ model: models('m2'), prompt: 'hello', telemetry: telemetry('greeter') }),
  ]);
  const stream = streamText({ model: models('m3'), prompt: 'word by word', telemetry: telemetry('poet') });
  await stream.text;
  await generateText({
    model: models('broken'),
    maxRetries: 0,
    prompt: 'x',
    telemetry: telemetry('unlucky'),
  }).catch(() => {});
}

function modelsOf({ url }: ModelServer) {
  return createOpenAICompatible({ name: 'loopback', baseURL: url, apiKey: 'none', includeUsage: true });
}
