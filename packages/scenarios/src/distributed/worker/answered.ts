import type { JobOutcome } from '../job.ts';

/** So many outcomes are remembered at most. */
const MOST = 1_000;

/**
 * Outcomes of which it is not known yet whether they have reached Redis. When the connection breaks at that very moment,
 * the job comes again, and its answer is there already and not paid for twice.
 */
export class Answered {
  readonly #outcomes = new Map<string, JobOutcome>();

  get(job: string): JobOutcome | undefined {
    return this.#outcomes.get(job);
  }

  keep(job: string, outcome: JobOutcome): void {
    this.#outcomes.set(job, outcome);
    if (this.#outcomes.size <= MOST) return;
    const [oldest] = this.#outcomes.keys();
    if (oldest !== undefined) this.#outcomes.delete(oldest);
  }

  /** Redis has it. */
  arrived(job: string): void {
    this.#outcomes.delete(job);
  }
}
