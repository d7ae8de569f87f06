import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@pd/call-log/schema';
import { ScenarioError } from '@pd/scenarios';
import { type BullRunner, createBullRunner } from '@pd/scenarios/distributed';
import { UsageError } from '../options.ts';
import { forgetKeys } from './forget-keys.ts';
import { type WorkerTask, workerReplySchema } from './worker-task.ts';

/** The built worker, beside this module's own bundle. */
const WORKER = new URL('./worker.js', import.meta.url);

/** For how long Redis is waited for, in milliseconds. */
const REDIS_TIMEOUT_MS = 5_000;

/** Workers that run, and the runner that gives them messages. */
export interface Workers {
  runner: BullRunner;
  /** Ids of their processes. */
  pids: readonly number[];
  /** Ends the workers and takes what is left of the run out of Redis. */
  close(): Promise<void>;
}

/**
 * Starts workers for one run, each a process of its own.
 *
 * @throws {UsageError} when there is no Redis
 */
export async function startWorkers(count: number, task: WorkerTask, logger: Logger): Promise<Workers> {
  const { redis, prefix } = task;
  const runner = await openRunner(redis, prefix, logger);
  const started = Array.from({ length: count }, () => startWorker(task));
  const close = async () => {
    await runner.close();
    await Promise.all(started.map(({ end }) => end()));
    await forgetKeys(redis, prefix);
  };
  try {
    await Promise.all(started.map(({ ready }) => ready));
  } catch (error) {
    await close();
    throw error;
  }
  return { runner, pids: started.flatMap(({ pid }) => pid ?? []), close };
}

async function openRunner(redis: string, prefix: string, logger: Logger): Promise<BullRunner> {
  try {
    return await createBullRunner({ redis, prefix, logger, redisTimeoutMs: REDIS_TIMEOUT_MS });
  } catch (error) {
    if (!ScenarioError.isInstance(error)) throw error;
    throw new UsageError(
      `--distributed: ${error.message}. Start one (redis-server, or docker run -p 6379:6379 redis), or name it in REDIS_URL`,
    );
  }
}

function startWorker(task: WorkerTask) {
  const child = fork(fileURLToPath(WORKER), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const ready = Promise.race([once(child, 'message'), exited.then(() => [undefined])]).then(([said]) => {
    const reply = workerReplySchema.safeParse(said);
    if (reply.data?.ready !== true)
      throw new Error(`a worker could not be started: ${reply.data?.why ?? 'its process has ended'}`);
  });
  child.send(task);
  return {
    pid: child.pid,
    ready,
    /** It finishes what it does, and leaves. */
    async end() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
