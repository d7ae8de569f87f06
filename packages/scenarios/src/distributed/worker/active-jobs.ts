/** Why a worker has stopped what it was doing. */
export class StoppedWorkError extends Error {
  override readonly name = 'StoppedWorkError';
  readonly code: 'lock_lost' | 'not_wanted' | 'too_late' | 'leaving';

  constructor(code: StoppedWorkError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** For how long it is remembered that a job is not wanted, so that it is known when it comes, in milliseconds. */
const REMEMBERED_MS = 60_000;

interface ActiveJob {
  controller: AbortController;
  lockedUntilMs: number;
}

/** The jobs a worker is at: for as long as their lock is its own, and somebody wants them. */
export class ActiveJobs {
  readonly #lockMs: number;
  readonly #jobs = new Map<string, ActiveJob>();
  readonly #unwanted = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  /** @param lockMs how long a lock holds after it was taken or renewed */
  constructor(lockMs: number) {
    this.#lockMs = lockMs;
    this.#timer = setInterval(() => this.#look(), Math.max(50, lockMs / 8)).unref();
  }

  get ids(): string[] {
    return [...this.#jobs.keys()];
  }

  /** @returns the signal that ends the work */
  begin(id: string): AbortSignal {
    const controller = new AbortController();
    this.#jobs.set(id, { controller, lockedUntilMs: performance.now() + this.#lockMs });
    if (this.#unwanted.has(id)) this.cancel(id);
    return controller.signal;
  }

  end(id: string): void {
    this.#jobs.delete(id);
  }

  renewed(ids: readonly string[]): void {
    for (const id of ids) {
      const job = this.#jobs.get(id);
      if (job !== undefined) job.lockedUntilMs = performance.now() + this.#lockMs;
    }
  }

  lost(ids: readonly string[]): void {
    for (const id of ids)
      this.#stop(
        id,
        'lock_lost',
        'another worker has the message, because this one was not heard of in time',
      );
  }

  cancel(id: string): void {
    this.#unwanted.set(id, performance.now());
    this.#stop(id, 'not_wanted', 'nobody waits for the answer any more');
  }

  late(id: string): void {
    this.#stop(id, 'too_late', 'the time for the answer is over');
  }

  leave(): void {
    for (const id of this.ids) this.#stop(id, 'leaving', 'the worker leaves');
    clearInterval(this.#timer);
  }

  #stop(id: string, code: StoppedWorkError['code'], why: string): void {
    this.#jobs.get(id)?.controller.abort(new StoppedWorkError(code, why));
  }

  #look(): void {
    const nowMs = performance.now();
    // After a pause of the whole process this is the first to notice.
    this.lost([...this.#jobs].filter(([, { lockedUntilMs }]) => lockedUntilMs < nowMs).map(([id]) => id));
    for (const [id, sinceMs] of this.#unwanted) {
      if (nowMs - sinceMs < REMEMBERED_MS) break;
      this.#unwanted.delete(id);
    }
  }
}
