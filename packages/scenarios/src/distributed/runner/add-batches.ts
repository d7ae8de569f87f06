import type { RedisLink } from '../redis/redis-link.ts';
import type { PendingJob } from './pending-job.ts';
import type { RoleQueue } from './role-queue.ts';

/** So many jobs go to Redis in one step. */
const AT_ONCE = 200;

interface Waiting {
  job: PendingJob;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Puts jobs that are asked for together into their queues together. */
export class AddBatches {
  readonly #link: RedisLink;
  readonly #queueOf: (role: string) => Promise<RoleQueue>;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(link: RedisLink, queueOf: (role: string) => Promise<RoleQueue>) {
    this.#link = link;
    this.#queueOf = queueOf;
  }

  /** Resolves when Redis has it. @throws RedisUnavailableError when it does not answer in time */
  add(job: PendingJob): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let batch = this.#waiting.get(job.role);
    if (batch === undefined) {
      batch = [];
      this.#waiting.set(job.role, batch);
      setImmediate(() => void this.#send(job.role));
    }
    batch.push({ job, resolve, reject });
    return promise;
  }

  async #send(role: string): Promise<void> {
    const batch = this.#waiting.get(role) ?? [];
    this.#waiting.delete(role);
    const queue = await this.#queueOf(role).catch((error: unknown) => {
      for (const { reject } of batch) reject(error);
    });
    if (queue === undefined) return;
    for (let i = 0; i < batch.length; i += AT_ONCE) {
      const part = batch.slice(i, i + AT_ONCE);
      // A job that is there already stays as it is, so that this can be repeated.
      this.#link
        .persist(async () => {
          const wanted = part.map(({ job }) => job).filter(({ isWanted }) => isWanted);
          if (wanted.length > 0) await queue.add(wanted);
        })
        .then(
          () => {
            for (const { resolve } of part) resolve();
          },
          (error: unknown) => {
            for (const { reject } of part) reject(error);
          },
        );
    }
  }
}
