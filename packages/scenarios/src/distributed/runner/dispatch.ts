import type { AgentReply } from '@pd/agents';
import { NoWorkerError } from '../errors/no-worker-error.ts';
import { RedisUnavailableError } from '../errors/redis-unavailable-error.ts';
import { RemoteAgentError } from '../errors/remote-agent-error.ts';
import { WorkerLostError } from '../errors/worker-lost-error.ts';
import { WorkerTimeoutError } from '../errors/worker-timeout-error.ts';
import { type JobData, type JobOutcome, jobOutcomeSchema, type TextPiece } from '../job.ts';
import type { BullMQ } from '../redis/load-packages.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamReader } from '../redis/stream-reader.ts';
import { AddBatches } from './add-batches.ts';
import type { CheckedRunnerOptions } from './bull-runner-options.ts';
import type { Collectors } from './collectors.ts';
import { describeLack } from './describe-lack.ts';
import { Leftovers } from './leftovers.ts';
import type { PendingJob } from './pending-job.ts';
import type { QueueEvent } from './queue-event.ts';
import { readPresence } from './read-presence.ts';
import { RoleQueue } from './role-queue.ts';
import { ShownText } from './shown-text.ts';

/** How often those who wait are looked after, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** After so long without news of a job, Redis is asked about it: an event may have been lost. In milliseconds. */
const ASK_AFTER_MS = 5_000;
/** So many jobs are asked about at once. */
const ASK_AT_ONCE = 50;

export interface DispatchOptions
  extends Pick<
    CheckedRunnerOptions,
    'noWorkerMs' | 'warnAfterMs' | 'redisTimeoutMs' | 'recordsTimeoutMs' | 'timeoutMs'
  > {
  bullmq: BullMQ;
  link: RedisLink;
  reader: StreamReader;
  keys: RedisKeys;
  collectors: Collectors;
  warn: (message: string, cause?: unknown, runId?: string) => void;
}

export interface Asked {
  id: string;
  role: string;
  data: JobData;
  signal: AbortSignal;
  onText?: ((text: string) => void) | undefined;
}

/** Who waits for what: puts jobs in, hears what becomes of them, and sees to it that nobody waits for ever. */
export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #pending = new Map<string, PendingJob>();
  readonly #queues = new Map<string, Promise<RoleQueue>>();
  readonly #batches: AddBatches;
  readonly #leftovers: Leftovers;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(options: DispatchOptions) {
    this.#options = options;
    const { link, keys } = options;
    this.#batches = new AddBatches(link, (role) => this.#queue(role));
    this.#leftovers = new Leftovers(link, keys, (role) => this.#queue(role));
    // What happened while the connection was gone may have been missed.
    link.onBack(() => {
      for (const job of this.#pending.values()) job.heardMs = -Infinity;
    });
  }

  /**
   * @throws {RemoteAgentError} when the agent fails; {@link NoWorkerError}, {@link WorkerLostError}, {@link WorkerTimeoutError} or
   * {@link RedisUnavailableError} when there is no answer; the signal's reason after an abort
   */
  async ask({ id, role, data, signal, onText }: Asked): Promise<AgentReply> {
    // Asked again, it is to be answered anew.
    await this.#leftovers.clear(id);
    await this.#queue(role);
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<AgentReply>();
    const nowMs = performance.now();
    const job: PendingJob = {
      id,
      role,
      data,
      sinceMs: nowMs,
      shown: onText === undefined ? undefined : new ShownText(onText),
      isWanted: true,
      isAdded: false,
      isActive: false,
      isWarned: false,
      heardMs: nowMs,
      isSettling: false,
      resolve,
      reject,
    };
    this.#pending.set(id, job);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    const onAbort = () => this.#drop(job, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      this.#add(job);
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#forget(job);
    }
  }

  piece(piece: TextPiece): void {
    this.#pending.get(piece.job)?.shown?.piece(piece);
  }

  /** Tells everybody who still waits that nothing will come. */
  async giveUp(): Promise<void> {
    for (const job of this.#pending.values())
      this.#drop(
        job,
        new RedisUnavailableError(
          this.#options.link.place,
          'the runner was closed before there was an answer',
        ),
      );
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#leftovers.close();
    for (const queue of this.#queues.values()) await (await queue.catch(() => undefined))?.close();
  }

  #queue(role: string): Promise<RoleQueue> {
    const there = this.#queues.get(role);
    if (there !== undefined) return there;
    const { bullmq, link, reader, keys, warn } = this.#options;
    const onEvent = (event: QueueEvent) => this.#hear(event);
    const opened = RoleQueue.open({ role, bullmq, link, reader, keys, onEvent, onTrouble: warn });
    this.#queues.set(role, opened);
    opened.catch(() => this.#queues.delete(role));
    return opened;
  }

  #add(job: PendingJob): void {
    job.heardMs = performance.now();
    this.#batches.add(job).then(
      () => {
        job.isAdded = true;
      },
      (error: unknown) => this.#drop(job, error),
    );
  }

  #hear({ type, jobId, text }: QueueEvent): void {
    const job = this.#pending.get(jobId);
    if (job === undefined) {
      if (type === 'completed' || type === 'failed') this.#leftovers.ended(jobId);
      return;
    }
    job.heardMs = performance.now();
    if (type === 'completed') void this.#settle(job, () => JSON.parse(text));
    else if (type === 'failed') this.#fail(job, text);
    else if (type === 'duplicated') void this.#ask(job);
    else job.isActive = type === 'active';
  }

  /** Finds out from Redis what has become of it. */
  async #ask(job: PendingJob): Promise<void> {
    job.heardMs = performance.now();
    try {
      const queue = await this.#queue(job.role);
      const found = await queue.state(job.id);
      if (!this.#pending.has(job.id) || job.isSettling) return;
      if (found.state === 'completed') {
        const outcome = jobOutcomeSchema.safeParse(found.outcome).data;
        // That an agent failed in an earlier life is no reason not to ask it again.
        if (outcome?.status === 'ok') await this.#settle(job, () => outcome);
        else await this.#addAnew(job, queue);
      } else if (found.state === 'failed') await this.#addAnew(job, queue);
      else if (found.state === 'gone') this.#add(job);
      else job.isActive = found.state === 'active';
    } catch {
      // It is looked after again before long.
    }
  }

  async #addAnew(job: PendingJob, queue: RoleQueue): Promise<void> {
    await queue.remove(job.id);
    this.#add(job);
  }

  async #settle(job: PendingJob, read: () => unknown): Promise<void> {
    if (job.isSettling) return;
    job.isSettling = true;
    const { warn } = this.#options;
    try {
      const outcome = jobOutcomeSchema.parse(read());
      await this.#waitForRecords(job, outcome);
      this.#leftovers.settled(job);
      if (outcome.status === 'ok') {
        job.shown?.end(outcome.reply.content);
        job.resolve(outcome.reply);
        return;
      }
      const { name, message, code, call_id: callId } = outcome.error;
      job.reject(new RemoteAgentError(job.data.agent_id, outcome.worker, { name, message, code, callId }));
    } catch (cause) {
      warn(`what a worker answered for ${job.data.agent_id} cannot be used`, cause, job.data.run?.id);
      this.#fail(job, 'its answer is not one');
    }
  }

  async #waitForRecords({ data }: PendingJob, { records, worker }: JobOutcome): Promise<void> {
    const { collectors, recordsTimeoutMs, warn } = this.#options;
    if (records === undefined || data.run === undefined) return;
    const collector = await collectors.get(data.run.id);
    if (collector === undefined || (await collector.reached(records, recordsTimeoutMs))) return;
    warn(
      `the answer of ${data.agent_id} is used before its records are here: worker ${worker} has not sent segment ` +
        `${records.segment} up to byte ${records.bytes} within ${recordsTimeoutMs} ms`,
      undefined,
      data.run.id,
    );
  }

  #fail(job: PendingJob, reason: string): void {
    this.#leftovers.settled(job);
    job.reject(new WorkerLostError(job.data.agent_id, reason || 'unknown'));
  }

  /** Nobody waits for it any more. */
  #drop(job: PendingJob, reason: unknown): void {
    if (!this.#pending.has(job.id)) return;
    job.isWanted = false;
    this.#leftovers.cancelled(job);
    job.reject(reason);
    this.#forget(job);
  }

  #forget({ id }: PendingJob): void {
    this.#pending.delete(id);
    if (this.#pending.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const { link, redisTimeoutMs, timeoutMs } = this.#options;
    if (link.downForMs > redisTimeoutMs) {
      for (const job of [...this.#pending.values()]) this.#drop(job, link.unavailable());
      return;
    }
    const nowMs = performance.now();
    if (timeoutMs !== undefined)
      for (const job of [...this.#pending.values()])
        if (nowMs - job.sinceMs > timeoutMs)
          this.#drop(job, new WorkerTimeoutError(job.data.agent_id, timeoutMs));
    if (this.#isLooking || link.downForMs > 0) return;
    this.#isLooking = true;
    try {
      await this.#lookForSilent(nowMs);
      await this.#lookForUntaken(nowMs);
    } catch {
      // Redis has gone meanwhile; the next look sees it.
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookForSilent(nowMs: number): Promise<void> {
    const silent: PendingJob[] = [];
    for (const job of this.#pending.values()) {
      if (!job.isAdded || job.isSettling || nowMs - job.heardMs < ASK_AFTER_MS) continue;
      if (silent.push(job) === ASK_AT_ONCE) break;
    }
    await Promise.all(silent.map((job) => this.#ask(job)));
  }

  async #lookForUntaken(nowMs: number): Promise<void> {
    const { warnAfterMs, noWorkerMs, link, keys, warn } = this.#options;
    const untaken = [...this.#pending.values()].filter(
      (job) =>
        job.isAdded &&
        !job.isActive &&
        !job.isSettling &&
        nowMs - job.sinceMs > Math.min(noWorkerMs, job.isWarned ? noWorkerMs : warnAfterMs),
    );
    if (untaken.length === 0) return;
    const workers = await readPresence(link.client, keys);
    for (const job of untaken) {
      const { reason, what } = describeLack(job.data, job.role, workers);
      const waitedMs = Math.round(nowMs - job.sinceMs);
      if (waitedMs > noWorkerMs && !job.isActive) this.#drop(job, new NoWorkerError(reason, what, waitedMs));
      else if (!job.isWarned) {
        job.isWarned = true;
        warn(
          `a message for ${job.data.agent_id} has waited for ${waitedMs} ms: ${what}`,
          undefined,
          job.data.run?.id,
        );
      }
    }
  }
}
