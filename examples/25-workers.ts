/**
 * @pd/scenarios/distributed: the same scenario, its agents in workers. Argument: the URL of a Redis. A worker is started here;
 * `npx pd-worker ./agents.ts` starts others, on any machine, from a module whose default export is `agents` below.
 */
import { SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { defineScenario, roundRobin, runScenario, ScenarioError } from '@pd/scenarios';
import { createBullRunner, createSharedLimiter, defineWorker, startWorker } from '@pd/scenarios/distributed';
import { z } from 'zod';

const redis = process.argv[2] ?? 'redis://127.0.0.1:6379';
await using server = await startOfflineServer();
const model = { model: 'stand-in-1', baseURL: server.url };
const cast = (client: LLMClient) => ['ada', 'ben'].map((id) => new SimpleAgent({ id, client }));

const agents = defineWorker(({ logger, redis, prefix }) => {
  const limit = createSharedLimiter({ redis, prefix, name: 'model', concurrency: 8 });
  const client = createLLMClient({ ...model, logger, gates: [limit] });
  return { agents: cast(client), close: () => limit.close() };
});
const talk = defineScenario({
  name: 'talk',
  input: z.object({ topic: z.string() }),
  create: ({ input, client }) => ({
    pattern: roundRobin({ agents: cast(client), maxTurns: 4 }),
    task: input.topic,
  }),
});

const log = createCallLog({ dir: 'logs' });
const client = createLLMClient({ ...model, logger: log.logger });
try {
  const at = { redis, prefix: 'example-talk' };
  await using worker = await startWorker({ ...at, agents, logDir: 'worker-logs', redisTimeoutMs: 1_000 });
  await using runner = await createBullRunner({ ...at, logger: log.logger });
  const input = { topic: 'What could a bus stop be?' };
  // Without `runner` the same agents answer here.
  const { reason, runId } = await runScenario(talk, { log, client, input, runner });
  await log.close();
  const tree = await readTree(`logs/${runId}.jsonl`);
  console.log(`${reason}: ${tree.run.totals.calls} calls, made by ${worker.roles.join(', ')} in a worker`);
} catch (error) {
  if (!ScenarioError.isInstance(error)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
