/** @pd/scenarios with @pd/call-log: two agents talk, and every call and message is on record. */
import { ChaosAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { runExchange } from '@pd/scenarios';

await using server = await startOfflineServer();
await using log = createCallLog({ dir: 'logs' });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });

const path = await log.run({ name: 'exchange' }, async (run) => {
  const agents = [
    new SimpleAgent({ id: 'simple', client }),
    new ChaosAgent({ id: 'chaos', client }),
  ] as const;
  await runExchange({ agents, opening: 'What could a bus stop be?', maxTurns: 4, logger: log.logger });
  return run.journalPath;
});

const { run, agents, messages } = await readTree(path);
console.log(`${run.status}: ${run.totals.calls} calls, ${messages.length} messages`);
for (const { id, totals } of agents)
  console.log(`${id}: ${totals.calls} calls, ${totals.output_tokens} tokens out`);
