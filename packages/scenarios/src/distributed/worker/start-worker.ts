import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import { agentVersion } from '../agent-version.ts';
import { controlSchema, type JobOutcome, type Presence } from '../job.ts';
import { toQueueName } from '../queue-name.ts';
import { shipOrphans } from '../records/ship-orphans.ts';
import { loadBullMQ, loadRedis } from '../redis/load-packages.ts';
import { createRedisKeys } from '../redis/redis-keys.ts';
import { RedisLink } from '../redis/redis-link.ts';
import { ActiveJobs } from './active-jobs.ts';
import { Answered } from './answered.ts';
import { isWorkerDefinition } from './define-worker.ts';
import { PRESENT_MS, tellAbsence, tellPresence } from './presence.ts';
import { createProcessJob } from './process-job.ts';
import { RunLogs } from './run-logs.ts';
import { RunShipping } from './run-shipping.ts';
import { checkAgents, checkWorkerOptions, type WorkerOptions } from './worker-options.ts';

/** How often a worker looks after what it has to send, in milliseconds. */
const TICK_MS = 1_000;
/**
 * The parts of `lockMs` that add up to less than it: how long a lock holds that nobody renews, and twice the pause between
 * two looks for such locks (the one who looks may have died, too).
 */
const LOCK_PART = 0.7;

/** A worker that answers messages. */
export interface AgentWorker {
  readonly id: string;
  /** The roles it answers for. */
  readonly roles: readonly string[];
  /** Finishes what is being done, sends the records, and leaves. */
  close(): Promise<void>;
  /** Leaves without finishing: what is being done is done by another worker, after the lock time. */
  abandon(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a worker: it takes the messages for its agents' roles out of their queues, has the agents answer, records every
 * call in a segment of its own in `logDir`, and sends that to the coordinator before the answer.
 *
 * @throws {InvalidDistributedOptionError} for options that make no sense
 * @throws {RedisUnavailableError} when no server answers in time; {@link MissingPackageError} when a package is missing
 */
export async function startWorker(options: WorkerOptions): Promise<AgentWorker> {
  const checked = checkWorkerOptions(options);
  const { prefix, report, lockMs, logDir: dir, id: workerId } = checked;
  const [bullmq, redis] = await Promise.all([loadBullMQ(), loadRedis()]);
  const keys = createRedisKeys(prefix);
  const connection = { url: checked.redis, timeoutMs: checked.redisTimeoutMs };
  const leaving = new AbortController();

  const link = await RedisLink.open(redis, connection);
  // BullMQ's own commands wait for the connection: one that comes late finds that the lock has gone, and does nothing.
  const bullLink = await RedisLink.open(redis, { ...connection, queueOffline: true }).catch(
    (error: unknown) => {
      link.destroy();
      throw error;
    },
  );
  const shipping = new RunShipping({ link, keys, workerId, report });
  const logs = new RunLogs({
    dir,
    redact: checked.redact,
    onBegin: (runLog) => shipping.begin(runLog),
    report,
  });
  const makeAgents = async () => {
    const made = isWorkerDefinition(checked.agents)
      ? await checked.agents.make({
          logger: logs.logger,
          workerId,
          redis: checked.redis,
          prefix,
          signal: leaving.signal,
        })
      : { agents: checked.agents };
    return { made, agents: checkAgents(made.agents, checked.roles) };
  };
  const { made, agents } = await makeAgents().catch((error: unknown) => {
    link.destroy();
    bullLink.destroy();
    throw error;
  });
  const version = checked.version ?? made.version;
  const roles = checked.roles ?? [...new Set([...agents.values()].map(({ role }) => role))];
  const active = new ActiveJobs(lockMs * LOCK_PART);
  const answered = new Answered();
  const processJob = createProcessJob({
    ...{ bullmq, link, keys, workerId, agents, version, active, answered, logs, shipping, report },
  });

  const workers = roles.map((role) => {
    const worker: Worker<unknown, JobOutcome> = new bullmq.Worker(toQueueName(role), processJob, {
      connection: bullLink.client,
      prefix: keys.bull,
      concurrency: checked.concurrency,
      lockDuration: Math.floor(lockMs * LOCK_PART),
      stalledInterval: checked.stalledIntervalMs,
      maxStalledCount: checked.maxDeaths,
      runRetryDelay: 500,
    });
    worker.on('error', (error) => {
      if (bullLink.downForMs === 0) report(`role ${role}: ${error.message}`);
    });
    worker.on('locksRenewed', ({ jobIds }) => active.renewed(jobIds));
    worker.on('lockRenewalFailed', (ids) => active.lost(ids));
    worker.on('completed', ({ id, timestamp }) => answered.arrived(`${id} ${timestamp}`));
    return worker;
  });

  const shippedOrphans = new Set<string>();
  const lookForOrphans = async (runId?: string): Promise<void> => {
    const found = { link, keys, dir, workerId, done: shippedOrphans, ...(runId !== undefined && { runId }) };
    for (const path of await shipOrphans(found)) report(`sent what a worker that is gone has left: ${path}`);
  };
  /** Its own segment last: whoever collects waits for that, and has then what others have left, too. */
  const closeRun = async (runId: string): Promise<void> => {
    await lookForOrphans(runId);
    await shipping.close(logs, runId);
  };
  const control = link.client.duplicate({ disableOfflineQueue: false });
  control.on('error', () => {});
  await control.connect();
  await control.subscribe(keys.control, (text) => {
    const { data } = controlSchema.safeParse(parse(text));
    if (data?.type === 'cancel') active.cancel(data.job);
    if (data?.type === 'close_run')
      closeRun(data.run).catch((error: unknown) =>
        report(`the records of run ${data.run} could not be sent: ${String(error)}`),
      );
  });

  const presence: Presence = {
    id: workerId,
    host: hostname(),
    pid: process.pid,
    started_at: new Date().toISOString(),
    roles: [...roles],
    agents: Object.fromEntries([...agents.values()].map((agent) => [agent.id, agentVersion(agent, version)])),
  };
  let ticks = 0;
  const tick = async (): Promise<void> => {
    if (link.downForMs > 0) return;
    if (ticks % Math.floor(PRESENT_MS / TICK_MS / 4) === 0) await tellPresence(link, keys, presence);
    if (ticks++ % 5 === 0) await lookForOrphans();
    await shipping.tick(logs);
    // Whoever was not there when it was said is told now.
    const ids = active.ids;
    if (ids.length === 0) return;
    const cancelled = await link.client.mGet(ids.map((id) => keys.cancelled(id)));
    cancelled.forEach((value, i) => {
      const id = ids[i];
      if (value !== null && id !== undefined) active.cancel(id);
    });
  };
  let ticking: Promise<void> | undefined;
  const timer = setInterval(() => {
    ticking ??= tick()
      .catch((error: unknown) => report(String(error)))
      .finally(() => {
        ticking = undefined;
      });
  }, TICK_MS);
  await tick();
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));

  const leave = async (): Promise<void> => {
    clearInterval(timer);
    await ticking;
    for (const { runId } of logs.all())
      await shipping
        .close(logs, runId)
        .catch((error: unknown) => report(`the records of run ${runId} could not be sent: ${String(error)}`));
    await tellAbsence(link, keys, workerId).catch(() => {});
    leaving.abort();
    await made.close?.();
    if (control.isOpen) control.destroy();
    await bullLink.close();
    await link.close();
  };
  /** Ends when the workers have, or when Redis has been gone for too long to wait for. */
  const closeWorkers = async (force: boolean): Promise<void> => {
    const done = new AbortController();
    const untilGone = async (): Promise<void> => {
      while (!done.signal.aborted && bullLink.downForMs < checked.redisTimeoutMs)
        await wait(100, undefined, { signal: done.signal }).catch(() => {});
    };
    await Promise.race([Promise.all(workers.map((worker) => worker.close(force))), untilGone()]);
    done.abort();
    active.leave();
    await leave();
  };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeWorkers(false));
  return {
    id: workerId,
    roles,
    close,
    abandon: () => (closing ??= closeWorkers(true)),
    [Symbol.asyncDispose]: close,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
