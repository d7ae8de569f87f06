import type { Job, Queue } from 'bullmq';
import type { JobData } from '../job.ts';
import { toQueueName } from '../queue-name.ts';
import type { BullMQ } from '../redis/load-packages.ts';
import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamReader } from '../redis/stream-reader.ts';
import { type QueueEvent, toQueueEvent } from './queue-event.ts';

/**
 * How often BullMQ gives a job to a worker that fails with it. What an agent throws is an outcome and does not count; this
 * is for workers whose connection breaks at the wrong moment.
 */
const TRIES = 5;
/** An outcome nobody has come for is kept so long, in seconds: time to resume the run that asked. */
const KEPT_S = 24 * 3_600;

/** What a queue of jobs has become of a job. */
export type JobState =
  | { state: 'gone' | 'waiting' | 'active' }
  | { state: 'failed'; reason: string }
  | { state: 'completed'; outcome: unknown };

export interface RoleQueueOptions {
  role: string;
  bullmq: BullMQ;
  link: RedisLink;
  reader: StreamReader;
  keys: RedisKeys;
  onEvent: (event: QueueEvent) => void;
  onTrouble: (what: string, cause?: unknown) => void;
}

/** The queue of one role, from the side of those who ask. */
export class RoleQueue {
  readonly #queue: Queue<JobData>;
  readonly #options: RoleQueueOptions;

  private constructor(options: RoleQueueOptions) {
    this.#options = options;
    const { bullmq, link, role, keys, onTrouble } = options;
    this.#queue = new bullmq.Queue<JobData>(toQueueName(role), {
      connection: link.client,
      prefix: keys.bull,
    });
    this.#queue.on('error', (error) => onTrouble(`queue of role ${role}`, error));
  }

  static async open(options: RoleQueueOptions): Promise<RoleQueue> {
    const queue = new RoleQueue(options);
    const { link, reader, keys, role, onEvent } = options;
    const stream = keys.events(toQueueName(role));
    // What happened before anything was asked is of no interest; everything after it is.
    const last = await link.persist((client) => client.xRevRange(stream, '+', '-', { COUNT: 1 }));
    reader.add(stream, last?.[0]?.id ?? '0-0', (entries) => {
      for (const entry of entries) {
        const event = toQueueEvent(entry);
        if (event !== undefined) onEvent(event);
      }
    });
    return queue;
  }

  /** Puts jobs in; those that are there already stay as they are. @throws what Redis or the connection says */
  async add(jobs: readonly { id: string; data: JobData }[]): Promise<void> {
    const all = jobs.map(({ id, data }) => ({
      name: data.agent_id,
      data,
      opts: {
        jobId: id,
        attempts: TRIES,
        backoff: { type: 'fixed', delay: 200 },
        removeOnComplete: { age: KEPT_S },
        removeOnFail: { age: KEPT_S },
        stackTraceLimit: 1,
      },
    }));
    const [only] = all;
    if (all.length === 1 && only !== undefined) await this.#queue.add(only.name, only.data, only.opts);
    else
      try {
        await this.#queue.addBulk(all);
      } catch (error) {
        // A Redis that has been started again does not know BullMQ's programs, and inside of a transaction nobody tells it.
        if (!isUnknownProgram(error)) throw error;
        for (const { name, data, opts } of all) await this.#queue.add(name, data, opts);
      }
  }

  async state(id: string): Promise<JobState> {
    const job: Job<JobData> | undefined = await this.#queue.getJob(id);
    if (job === undefined) return { state: 'gone' };
    const state = await job.getState();
    if (state === 'completed') return { state, outcome: job.returnvalue };
    if (state === 'failed') return { state, reason: job.failedReason ?? 'unknown' };
    return { state: state === 'active' ? 'active' : state === 'unknown' ? 'gone' : 'waiting' };
  }

  /** @returns whether it is not there any more: a job that a worker is at stays */
  async remove(id: string): Promise<boolean> {
    return (await this.#queue.remove(id)) === 1;
  }

  /** Removes jobs that have come to their end, in one step. */
  async clear(ids: readonly string[]): Promise<void> {
    const { keys, role, link } = this.#options;
    const queue = `${keys.bull}:${toQueueName(role)}`;
    // As BullMQ's own removal does with jobs that are nobody's parent or child; it would take a step for each.
    const commands = link.client.multi();
    for (const set of ['completed', 'failed']) commands.zRem(`${queue}:${set}`, [...ids]);
    commands.unlink(ids.map((id) => `${queue}:${id}`));
    await commands.exec();
  }

  async close(): Promise<void> {
    const { reader, keys, role } = this.#options;
    reader.remove(keys.events(toQueueName(role)));
    await this.#queue.close().catch(() => {});
  }
}

function isUnknownProgram(error: unknown): boolean {
  const errors: unknown[] =
    error instanceof Error && 'replies' in error && Array.isArray(error.replies) ? error.replies : [error];
  return errors.some((one) => String(one).includes('NOSCRIPT'));
}
