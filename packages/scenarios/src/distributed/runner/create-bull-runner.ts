import { randomUUID } from 'node:crypto';
import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import { guardLogger } from '@pd/call-log/logger';
import { type AgentRunner, localRunner, type RunnerOptions } from '../../agent-runner.ts';
import { agentVersion } from '../agent-version.ts';
import { MessageTooLargeError } from '../errors/message-too-large-error.ts';
import type { JobData } from '../job.ts';
import { toJobId } from '../job-id.ts';
import type { MissingRecords } from '../records/run-collector.ts';
import { loadBullMQ, loadRedis } from '../redis/load-packages.ts';
import { createRedisKeys } from '../redis/redis-keys.ts';
import { RedisLink } from '../redis/redis-link.ts';
import { StreamReader } from '../redis/stream-reader.ts';
import { type BullRunnerOptions, checkRunnerOptions } from './bull-runner-options.ts';
import { Collectors } from './collectors.ts';
import { Dispatch } from './dispatch.ts';
import { listenToTexts } from './listen-to-texts.ts';

/** Has agents answer in workers, by way of BullMQ. */
export interface BullRunner extends AgentRunner {
  /**
   * Waits for the records of a run that workers still have; to be called before the run ends, so that its tree is whole.
   * What does not come in time is told in the run's log, and returned.
   */
  collect(runId: string): Promise<MissingRecords[]>;
  /** Collects what is missing of every run, gives up what is still waited for, and leaves Redis. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a runner that puts each message into the queue of its agent's role, where a worker (`pd-worker`, `startWorker()`)
 * takes it, answers, and sends what it has recorded. Needs the packages `bullmq` 6 and `redis` 6.
 *
 * A message has one job, named after it: asked again by a process that resumes the run, it is joined and not sent twice.
 *
 * @throws {InvalidDistributedOptionError} for options that make no sense
 * @throws {RedisUnavailableError} when no server answers in time; {@link MissingPackageError} when a package is missing
 */
export async function createBullRunner(options: BullRunnerOptions): Promise<BullRunner> {
  const checked = checkRunnerOptions(options);
  const { prefix, maxMessageBytes, timeoutMs, version } = checked;
  const [bullmq, redis] = await Promise.all([loadBullMQ(), loadRedis()]);
  const id = randomUUID();
  const keys = createRedisKeys(prefix);
  const connection = { url: checked.redis, timeoutMs: checked.redisTimeoutMs };
  const log = guardLogger(checked.logger);
  const warn = (message: string, cause?: unknown, runId?: string): void =>
    log({
      type: 'log',
      level: 'warn',
      message: cause === undefined ? message : `${message}: ${String(cause).slice(0, 500)}`,
      ...(runId !== undefined && { run_id: runId }),
    });

  const link = await RedisLink.open(redis, connection);
  const wake = () =>
    link.client.multi().xAdd(keys.wake(id), '*', { wake: '1' }).pExpire(keys.wake(id), 60_000).exec();
  const reader = await StreamReader.open(redis, {
    link: connection,
    wakeKey: keys.wake(id),
    wake,
    onTrouble: (error) => warn('what came from Redis could not be used', error),
  }).catch((error: unknown) => {
    link.destroy();
    throw error;
  });
  const collectors = new Collectors({ link, reader, keys, warn, timeoutMs: checked.recordsTimeoutMs });
  const dispatch = new Dispatch({ bullmq, link, reader, keys, collectors, warn, ...checked });
  const stopListening = await listenToTexts(link, keys.texts(id), dispatch);

  const toJobData = (agent: Agent, message: IncomingMessage, asked: RunnerOptions): JobData => {
    const { messageId, run, history, parentCallId, onText, resume } = asked;
    const data: JobData = {
      message_id: messageId,
      agent_id: agent.id,
      agent_version: agentVersion(agent, version),
      message,
      ...(history !== undefined && { history: [...history] }),
      ...(run !== undefined && {
        run: { id: run.id, ...(run.captureContent === false && { capture_content: false as const }) },
      }),
      ...(resume !== undefined && { resume }),
      ...(parentCallId !== undefined && { parent_call_id: parentCallId }),
      ...(timeoutMs !== undefined && { deadline_ms: Date.now() + timeoutMs }),
      ...(onText !== undefined && { texts: keys.texts(id) }),
    };
    const bytes = Buffer.byteLength(JSON.stringify(data));
    if (bytes > maxMessageBytes)
      throw new MessageTooLargeError(`the message ${messageId} with its history`, bytes, maxMessageBytes);
    return data;
  };

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await dispatch.giveUp();
    await collectors.close();
    await stopListening();
    await dispatch.close();
    await reader.close();
    await link.client.del(keys.wake(id)).catch(() => {});
    await link.close();
  };

  return {
    isRemote: true,
    async respond(agent, message, asked): Promise<AgentReply> {
      const { messageId, run, signal, onText, resume } = asked;
      if (checked.localRoles.includes(agent.role)) return localRunner.respond(agent, message, asked);
      signal.throwIfAborted();
      const data = toJobData(agent, message, asked);
      if (run !== undefined) await collectors.open(run);
      const job = toJobId(run?.id ?? id, messageId, agent.id, resume?.decisions);
      return dispatch.ask({ id: job, role: agent.role, data, signal, onText });
    },
    collect: (runId) => collectors.collect(runId),
    finish: (runId) => collectors.finish(runId),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}
