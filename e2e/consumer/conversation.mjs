// Everything together, offline: a server, a client, a log, two agents who talk, and the page of it. Prints the run's id.
import { writeFile } from 'node:fs/promises';
import { ChaosAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { runExchange } from '@pd/scenarios';
import { toHtml, toMermaid } from '@pd/visualizer';

const server = await startOfflineServer();
const log = createCallLog();
const client = createLLMClient({
  model: 'stand-in-1',
  baseURL: server.url,
  apiKey: 'none',
  logger: log.logger,
});
const agents = [
  new SimpleAgent({ id: 'simple', name: 'Simple', client, systemPrompt: 'Answer in one sentence.' }),
  new ChaosAgent({ id: 'chaos', name: 'Chaos', client }),
];
const run = await log.run({ name: 'A ship' }, async (begun) => {
  await runExchange({ agents, opening: 'What is a good name for a ship?', maxTurns: 2, logger: log.logger });
  return begun;
});
await log.close();
await server.close();

const tree = await readTree(run.journalPath);
await writeFile(`${run.id}.html`, toHtml(tree));
await writeFile(`${run.id}.mmd`, toMermaid(tree, { kind: 'sequence' }));
console.log(run.id);
