// What a TypeScript program writes against each package; checked as ESM and as CommonJS, never run.
import { type Agent, ChaosAgent, SimpleAgent } from '@pd/agents';
import { type CallLog, createCallLog, type Logger, type RunTree, readTree, withAgent } from '@pd/call-log';
import { type CallNode, runTreeSchema } from '@pd/call-log/schema';
import {
  type ChatResult,
  createLLMClient,
  type LLMClient,
  ProviderError,
  type StreamPart,
} from '@pd/llm-client';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { runExchange, type ScenarioOutcome } from '@pd/scenarios';
import { layoutGraph, type RunGraph, toGraph, toHtml, toMermaid } from '@pd/visualizer';

export async function everything(): Promise<string> {
  const server: OfflineServer = await startOfflineServer({ seed: 1 });
  const log: CallLog = createCallLog({ dir: 'logs', redact: { secrets: ['s3cret'] } });
  const logger: Logger = log.logger;
  const client: LLMClient = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
  const result: ChatResult = await withAgent({ id: 'asker' }, () =>
    client.chat({ messages: [{ role: 'user', content: 'Hello' }], temperature: 0 }),
  );
  for await (const part of client.stream({ messages: [{ role: 'user', content: result.text }] })) {
    const streamed: StreamPart = part;
    if (streamed.type === 'text-delta') process.stdout.write(streamed.text);
  }
  const simple: Agent = new SimpleAgent({ id: 'simple', name: 'Simple', client, systemPrompt: 'Be brief.' });
  const chaos = new ChaosAgent({ id: 'chaos', name: 'Chaos', client });
  const outcome: ScenarioOutcome = await runExchange({ agents: [simple, chaos], opening: 'Hi', logger });
  await log.close();
  const tree: RunTree = runTreeSchema.parse(await readTree(log.defaultRun().journalPath));
  const failed: CallNode[] = tree.agents.flatMap(({ calls }) =>
    calls.filter(({ status }) => status !== 'ok'),
  );
  const graph: RunGraph = toGraph(tree);
  return [toHtml(tree), toMermaid(graph), layoutGraph(graph).width, outcome.reason, failed.length].join('\n');
}

export function statusOf(error: unknown): number | undefined {
  return ProviderError.isInstance(error) && error instanceof ProviderError ? error.status : undefined;
}

// @ts-expect-error a client needs a model
createLLMClient({});
// @ts-expect-error agents have names
new SimpleAgent({ id: 'nameless' });
