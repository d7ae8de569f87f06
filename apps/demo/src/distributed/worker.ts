import { once } from 'node:events';
import type { Agent } from '@pd/agents';
import { createRedisStore } from '@pd/agents/memory/redis';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { defineWorker, startWorker, type WorkerContext } from '@pd/scenarios/distributed';
import { loadEnvironment } from '../environment.ts';
import { openModelSource } from '../model-source.ts';
import { castExchange, exchangeOfTwo } from '../scenarios/exchange.ts';
import { findScenario } from '../scenarios/find-scenario.ts';
import { type WorkerReply, type WorkerTask, workerTaskSchema } from './worker-task.ts';

// A process of its own, started by startWorkers(): it answers for the agents of one run, and leaves with whoever started it.

/** The messages of a worker that was killed are with another one after so long at the latest, in milliseconds. */
const LOCK_MS = 5_000;

const reply = (said: WorkerReply) => process.send?.(said);
// Ctrl-C on a terminal goes to all processes; the one that has started this one says when it is over.
process.on('SIGINT', () => {});

try {
  const [message] = await once(process, 'message');
  const task = workerTaskSchema.parse(message);
  const { redis, prefix, logDir, asked } = task;
  const agents = defineWorker(async (context) => {
    const { client: source } =
      task.offlineURL === undefined
        ? await openModelSource(
            asked,
            loadEnvironment(() => {}),
          )
        : { client: { model: 'stand-in-1', provider: 'offline', baseURL: task.offlineURL } };
    const client = createLLMClient({ ...source, logger: context.logger });
    return castFor(task, client, context);
  });
  const worker = await startWorker({ redis, prefix, logDir, agents, lockMs: LOCK_MS });
  process.once('disconnect', () => void worker.close().finally(() => process.exit()));
  reply({ ready: true });
} catch (error) {
  reply({ ready: false, why: error instanceof Error ? error.message : String(error) });
  process.disconnect?.();
}

/** The agents of the scenario. The one of the exchange that remembers what was said does so whichever worker has answered. */
async function castFor(
  { scenario: name, input, prefix }: WorkerTask,
  client: LLMClient,
  { redis }: WorkerContext,
): Promise<{ agents: readonly Agent[]; close?: () => Promise<void> }> {
  const { scenario } = findScenario(name);
  if (scenario === exchangeOfTwo.scenario) {
    const memory = await createRedisStore({ url: redis, prefix: `${prefix}:memory:` });
    return {
      agents: castExchange(client, (session) => (session === 'simple' ? { memory, session } : undefined)),
      close: () => memory.close(),
    };
  }
  const { pattern } = await scenario.create({ input, client, onRecord: (any) => any, random: byChance });
  return { agents: pattern.agents };
}

/** What is random belongs to the process that plays the scenario; agents of the demo need none of it. */
function byChance(): never {
  throw new Error('the agents of a worker cannot be made by chance');
}
