import { type Random, randomFrom } from '../../offline/random.ts';
import type { Fault, RetryAfter } from './fault.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { TestAnswer } from './test-answer.ts';

export interface StormOptions {
  /** Same seed, same faults. Default: 0. */
  seed?: number | string;
  /** How many of the requests something goes wrong with, from 0 to 1. Default: 0.6. */
  faultRate?: number;
  /** What may go wrong, instead of everything but `hang`: each makes one fault, and all are equally likely. */
  faults?: readonly ((random: () => number) => Fault)[];
}

/**
 * Answers with random faults. What becomes of a request is decided by the seed, its body and how often that body has
 * come before, not by when it arrives: a call has the same fate in every run, whatever runs beside it.
 *
 * @throws RangeError for a rate outside 0 to 1, or no faults
 */
export function createStorm(options: StormOptions = {}): (request: ReceivedRequest) => TestAnswer {
  const { seed = 0, faultRate = 0.6, faults = anyFault } = options;
  if (!(faultRate >= 0 && faultRate <= 1))
    throw new RangeError(`faultRate must be from 0 to 1, not ${faultRate}`);
  if (faults.length === 0) throw new RangeError('a storm needs at least one fault');
  const seen = new Map<string, number>();
  return ({ body }) => {
    const key = JSON.stringify(body) ?? '';
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    const random = randomFrom(`${seed}`, key, `${times}`);
    if (random() >= faultRate) return {};
    const make = faults[Math.floor(random() * faults.length)];
    return { faults: make === undefined ? [] : [make(random)] };
  };
}

const between = (random: Random, from: number, to: number) => Math.floor(from + random() * (to - from));
const oneOf = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

/** Waits of a few milliseconds, so that thousands of calls stay a matter of seconds. */
const anyFault: readonly ((random: Random) => Fault)[] = [
  (random) => ({ type: 'status', status: oneOf(random, [500, 502, 503, 504, 529, 408, 409]) }),
  (random) => ({ type: 'status', status: oneOf(random, [400, 401, 403, 404, 422]) }),
  (random) => ({ type: 'rate_limit', retryAfter: anyRetryAfter(random) }),
  (random) => ({ type: 'html', status: oneOf(random, [200, 502]) }),
  () => ({ type: 'error_body' }),
  () => ({ type: 'reset' }),
  // Less than the ten megabytes that the fault has by itself: those, hundreds of times over, would be all that a storm does.
  () => ({ type: 'huge_chunk', bytes: 100_000 }),
  (random) => ({ type: 'slow_start', delayMs: between(random, 1, 30) }),
  (random) => ({ type: 'slow_drip', delayMs: 1, bytes: between(random, 40, 200) }),
  (random) => ({ type: 'tiny_chunks', bytes: between(random, 1, 4) }),
  (random) => ({
    type: 'cut',
    afterBytes: between(random, 0, 600),
    by: oneOf(random, ['end', 'close', 'reset']),
  }),
  (random) => ({
    type: 'cut',
    afterBytes: -between(random, 1, 300),
    by: oneOf(random, ['end', 'close', 'reset']),
  }),
  () => ({ type: 'broken_json' }),
  () => ({ type: 'empty_body' }),
  () => ({ type: 'wrong_content_type' }),
  () => ({ type: 'missing_usage' }),
  () => ({ type: 'missing_finish' }),
  () => ({ type: 'token_limit' }),
  () => ({ type: 'broken_arguments' }),
  () => ({ type: 'duplicate_finish' }),
  () => ({ type: 'missing_done' }),
  (random) => ({ type: 'error_event', afterEvents: between(random, 0, 8) }),
  () => ({ type: 'keep_alive' }),
  () => ({ type: 'wrong_model', model: 'another-model' }),
];

function anyRetryAfter(random: Random): RetryAfter {
  const form = oneOf<RetryAfter['form']>(random, ['seconds', 'date', 'milliseconds', 'garbage', 'none']);
  // Whole seconds of none at all, and a date that has passed: the forms are there, the waits are not.
  if (form === 'seconds') return { form, ms: 0 };
  if (form === 'date') return { form, ms: -1_000 };
  return form === 'milliseconds' ? { form, ms: between(random, 0, 5) } : { form };
}
