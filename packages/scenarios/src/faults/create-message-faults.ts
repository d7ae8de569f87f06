import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { createRandom } from '../random.ts';
import type { MessageFate, MessagePlace } from './message-fate.ts';

export interface MessageFaultsOptions {
  /** Same seed, same faults. */
  seed: number | string;
  /** How many of the messages are lost, from 0 to 1. Default: 0, as for all rates; together they are at most 1. */
  drop?: number;
  /** How many arrive twice. */
  duplicate?: number;
  /** How many are overtaken by the next one of the same sender to the same recipient. */
  reorder?: number;
  /** How many arrive later. */
  delay?: number;
  /** Turns that a delayed message is late by at most; at least 1. Default: 3. */
  maxDelayTurns?: number;
  /** Messages that may have faults; all others are delivered. Default: all. */
  only?: (place: MessagePlace) => boolean;
}

/** Decides what becomes of each message. */
export interface MessageFaults {
  /** As it was given, to be printed when something has failed. */
  readonly seed: number | string;
  /** The fate of a message: a function of seed, sender, recipient and number, and of nothing else. */
  fateOf(place: MessagePlace): MessageFate;
}

/**
 * Faults on the way of messages, by seed. What becomes of a message does not depend on when it is sent or on what is
 * sent beside it, so a run with faults is the same every time, however the event loop interleaves.
 *
 * @example
 * const faults = createMessageFaults({ seed: 7, drop: 0.1, duplicate: 0.1 });
 * faults.fateOf({ from: 'planner', to: 'executor', n: 1 }); // { type: 'deliver' }
 *
 * @throws {InvalidScenarioError} for rates outside 0 to 1 or of more than 1 together, a delay of less than a turn, or a
 *   seed that is neither a number nor a text
 */
export function createMessageFaults(options: MessageFaultsOptions): MessageFaults {
  const { seed, drop = 0, duplicate = 0, reorder = 0, delay = 0, maxDelayTurns = 3, only } = options;
  check({ seed, rates: { drop, duplicate, reorder, delay }, maxDelayTurns, only });
  return {
    seed,
    fateOf(place) {
      if (only !== undefined && !only(place)) return { type: 'deliver' };
      // The kind of the seed counts: 7 and '7' are two seeds.
      const random = createRandom('message', typeof seed, seed, place.from, place.to, place.n);
      let draw = random();
      const falls = (rate: number) => {
        const hit = draw < rate;
        draw -= rate;
        return hit;
      };
      if (falls(drop)) return { type: 'drop' };
      if (falls(duplicate)) return { type: 'duplicate' };
      if (falls(reorder)) return { type: 'reorder' };
      if (falls(delay)) return { type: 'delay', turns: 1 + Math.floor(random() * maxDelayTurns) };
      return { type: 'deliver' };
    },
  };
}

interface Checked {
  seed: unknown;
  rates: Readonly<Record<string, unknown>>;
  maxDelayTurns: unknown;
  only: unknown;
}

function check({ seed, rates, maxDelayTurns, only }: Checked): void {
  if (typeof seed !== 'string' && !(typeof seed === 'number' && Number.isFinite(seed)))
    throw new InvalidScenarioError(`seed of message faults is ${String(seed)}: give a number or a text`);
  let sum = 0;
  for (const [name, rate] of Object.entries(rates)) {
    if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1))
      throw new InvalidScenarioError(`${name} of message faults is ${String(rate)}: give a rate from 0 to 1`);
    sum += rate;
  }
  // Tenths do not add up to exactly 1.
  if (sum > 1 + Number.EPSILON * 4)
    throw new InvalidScenarioError(
      `the rates of message faults are ${sum} together: give at most 1, since a message has one fate`,
    );
  if (typeof maxDelayTurns !== 'number' || !Number.isSafeInteger(maxDelayTurns) || maxDelayTurns < 1)
    throw new InvalidScenarioError(
      `maxDelayTurns of message faults is ${String(maxDelayTurns)}: give a whole number of at least 1`,
    );
  if (only !== undefined && typeof only !== 'function')
    throw new InvalidScenarioError(
      'only of message faults is no function: give one from a message to true or false',
    );
}
