import { type TracerProvider, trace } from '@opentelemetry/api';
import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createCallLog, withAgent } from '@pd/call-log';
import { createSpanExporter, createSpanProcessor } from '@pd/call-log/otel';
import type { RunTree } from '@pd/call-log/schema';
import OpenAI from 'openai';
import { type Exchange, type ModelServer, startModelServer } from './model-server.ts';
import { callsOf, type RecordedCall, readRuns } from './recorded-runs.ts';

/** One of the instrumentations of the `openai` SDK. */
interface Instrumentation {
  setTracerProvider(provider: TracerProvider): void;
  manuallyInstrument(sdk: never): void;
}

/** What a traced program has left behind. */
export interface Traced {
  exchanges: Exchange[];
  /** The program's one run, written by the span processor, and by the exporter. */
  processed: { tree: RunTree; calls: RecordedCall[] };
  exported: { tree: RunTree; calls: RecordedCall[] };
}

/** Runs a program on the traced `openai` SDK: two agents at once, one with a tool; then a stream and an error. */
export async function runTracedProgram(dir: string, instrumentation: Instrumentation): Promise<Traced> {
  await using server = await startModelServer();
  const processedLog = createCallLog({ dir: `${dir}/processed`, tree: false });
  const exportedLog = createCallLog({ dir: `${dir}/exported`, tree: false });
  const provider = new NodeTracerProvider({
    spanProcessors: [
      createSpanProcessor({ logger: processedLog.logger }),
      new SimpleSpanProcessor(createSpanExporter({ logger: exportedLog.logger })),
    ],
  });
  provider.register();
  instrumentation.setTracerProvider(provider);
  // Neither finds the SDK by itself where it is loaded as an ES module.
  instrumentation.manuallyInstrument(OpenAI as never);
  await trace.getTracer('program').startActiveSpan('program', async (span) => {
    await talk(server);
    span.end();
  });
  await provider.shutdown();
  await Promise.all([processedLog.close(), exportedLog.close()]);
  const [processed, exported] = await Promise.all([`${dir}/processed`, `${dir}/exported`].map(onlyRun));
  if (processed === undefined || exported === undefined) throw new Error('a run is missing');
  return { exchanges: server.exchanges, processed, exported };
}

async function talk({ url }: ModelServer): Promise<void> {
  const openai = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 });
  const chat = openai.chat.completions;
  const parameters = { type: 'object', properties: { input: { type: 'string' } } };
  const tools = [{ type: 'function', function: { name: 'weather', parameters } } as const];

  const forecast = async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'use weather Paris' },
    ];
    const { choices } = await chat.create({ model: 'm1', messages, tools, temperature: 0.5 });
    const message = choices[0]?.message;
    if (message === undefined) throw new Error('the model said nothing');
    const results = (message.tool_calls ?? []).map(
      ({ id }) => ({ role: 'tool', tool_call_id: id, content: 'blue' }) as const,
    );
    await chat.create({ model: 'm1', messages: [...messages, message, ...results], tools });
  };
  const greet = () => chat.create({ model: 'm2', messages: [{ role: 'user', content: 'hello' }] });
  await Promise.all([withAgent({ id: 'forecaster' }, forecast), withAgent({ id: 'greeter' }, greet)]);

  const stream = await chat.create({
    model: 'm3',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: 'word by word' }],
  });
  for await (const _ of stream);
  await chat.create({ model: 'broken', messages: [{ role: 'user', content: 'x' }] }).catch(() => {});
}

async function onlyRun(dir: string): Promise<{ tree: RunTree; calls: RecordedCall[] }> {
  const [tree, ...more] = [...(await readRuns(dir)).values()];
  if (tree === undefined || more.length > 0) throw new Error(`expected one run in ${dir}`);
  return { tree, calls: callsOf(tree) };
}
