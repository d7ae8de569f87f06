import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { createRandom, type Random } from '../random.ts';
import { SimulationError } from './simulation-error.ts';

export interface SimulateOptions {
  /** How many seeds. Default: 100. */
  seeds?: number | undefined;
  /** The first one; the others follow. Default: 1. */
  from?: number | undefined;
  /** Only this one, to see again what has failed. */
  only?: number | undefined;
  /** Seeds that are tried at the same time. Default: 1. */
  concurrency?: number | undefined;
  /** No more seeds are begun; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** What a seed is tried with. */
export interface Trial {
  seed: number;
  /** Numbers from 0 to 1 that depend on the seed alone. */
  random: Random;
}

/**
 * Does something once for each of many seeds, until one fails.
 *
 * @example
 * await simulate({ seeds: 1_000, only: Number(process.env.PD_SEED) || undefined }, async ({ seed }) => {
 *   const faults = createMessageFaults({ seed, drop: 0.1, reorder: 0.2 });
 *   const outcome = await runPattern(pattern(), 'the task', { seed, faults, supervision: { retries: 3 } });
 *   expect(outcome.reason).toBe('done');
 * });
 *
 * @throws {SimulationError} with the first seed that failed, and why
 * @throws {InvalidScenarioError} for numbers that make no sense
 */
export async function simulate(
  { seeds = 100, from = 1, only, concurrency = 1, signal }: SimulateOptions,
  attempt: (trial: Trial) => Promise<void> | void,
): Promise<void> {
  for (const [name, count] of Object.entries({ seeds, concurrency }))
    if (!Number.isSafeInteger(count) || count < 1)
      throw new InvalidScenarioError(
        `${name} of a simulation is ${String(count)}: give a whole number of at least 1`,
      );
  const all = only === undefined ? Array.from({ length: seeds }, (_, i) => from + i) : [only];
  let next = 0;
  let hasFailed = false;
  const lane = async () => {
    while (!hasFailed && next < all.length) {
      signal?.throwIfAborted();
      const seed = all[next++] as number;
      try {
        await attempt({ seed, random: createRandom('simulation', seed) });
      } catch (error) {
        hasFailed = true;
        throw new SimulationError(seed, error);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}
