import type { RedisKeys } from '../redis/redis-keys.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { RoleQueue } from './role-queue.ts';

/**
 * How long a job's outcome stays in Redis after it was given, in milliseconds. Whoever got it puts it on record in the
 * same breath; when this process dies before that, it is still there for the one that resumes the run.
 */
const KEPT_MS = 1_000;
/** How long a worker can find out that a job is not wanted, in milliseconds. */
const CANCELLED_MS = 3_600_000;
/** So many are cleared away in one step. */
const AT_ONCE = 500;

interface Left {
  id: string;
  role: string;
}

/** Clears away what jobs leave behind. */
export class Leftovers {
  readonly #link: RedisLink;
  readonly #keys: RedisKeys;
  readonly #queueOf: (role: string) => Promise<RoleQueue>;
  /** By when they ended, which is the order they stand in. */
  readonly #ended = new Map<string, Left & { atMs: number }>();
  /** Those a worker may still be at. */
  readonly #cancelled = new Map<string, { role: string; done: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  #clearing: Promise<void> = Promise.resolve();

  constructor(link: RedisLink, keys: RedisKeys, queueOf: (role: string) => Promise<RoleQueue>) {
    this.#link = link;
    this.#keys = keys;
    this.#queueOf = queueOf;
  }

  /** Its outcome has been given. */
  settled({ id, role }: Left): void {
    this.#ended.set(id, { id, role, atMs: performance.now() });
    this.#timer ??= setInterval(() => this.#clearOld(performance.now() - KEPT_MS), KEPT_MS / 4).unref();
  }

  /** Nobody waits for it: it is taken out of the queue, or whoever is at it is told to stop. */
  cancelled({ id, role }: Left): void {
    this.#cancelled.set(id, { role, done: this.#cancel(id, role).catch(() => {}) });
  }

  /** A job that nobody waits for has come to its end. */
  ended(id: string): void {
    const left = this.#cancelled.get(id);
    if (left === undefined) return;
    this.#cancelled.delete(id);
    this.settled({ id, role: left.role });
  }

  /** Makes sure that nothing is left of a job that is about to be asked for anew. */
  async clear(id: string): Promise<void> {
    const cancelled = this.#cancelled.get(id);
    if (cancelled !== undefined) {
      await cancelled.done;
      this.#cancelled.delete(id);
      await this.#link.persist((client) => client.del(this.#keys.cancelled(id)));
    }
    const ended = this.#ended.get(id);
    if (ended === undefined) return;
    this.#ended.delete(id);
    const queue = await this.#queueOf(ended.role);
    await this.#link.persist(() => queue.remove(id));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#cancelled.values()].map(({ done }) => done));
    this.#clearOld(Number.POSITIVE_INFINITY);
    await this.#clearing;
  }

  async #cancel(id: string, role: string): Promise<void> {
    const queue = await this.#queueOf(role);
    await this.#link.persist((client) => client.set(this.#keys.cancelled(id), '1', { PX: CANCELLED_MS }));
    if (await queue.remove(id)) {
      this.#cancelled.delete(id);
      await this.#link.client.del(this.#keys.cancelled(id));
    } else await this.#link.client.publish(this.#keys.control, JSON.stringify({ type: 'cancel', job: id }));
  }

  #clearOld(beforeMs: number): void {
    const old: Left[] = [];
    for (const left of this.#ended.values()) {
      if (left.atMs > beforeMs) break;
      this.#ended.delete(left.id);
      old.push(left);
    }
    if (old.length === 0) return;
    // What cannot be removed now is removed by Redis itself when it is old.
    this.#clearing = this.#clearing.then(() => this.#remove(old)).catch(() => {});
  }

  async #remove(old: readonly Left[]): Promise<void> {
    for (const [role, left] of Map.groupBy(old, (one) => one.role)) {
      const queue = await this.#queueOf(role);
      for (let i = 0; i < left.length; i += AT_ONCE)
        await queue.clear(left.slice(i, i + AT_ONCE).map(({ id }) => id));
    }
  }
}
