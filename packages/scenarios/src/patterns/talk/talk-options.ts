import { checkTurns, InvalidScenarioError } from '../../errors/invalid-scenario-error.ts';
import type { StopCondition } from '../../stop/stop-condition.ts';

/** How long a talk goes on. */
export interface TalkOptions {
  /**
   * Ends it, asked after every turn. It counts what is said in this pattern: a pattern within it is one turn, and something
   * that is said to several is one message. Default: only the limit of turns.
   */
  stop?: StopCondition | undefined;
  /** Turns at most. Default: 10; with a stop condition 100. */
  maxTurns?: number | undefined;
}

const DEFAULT_TURNS = 10;
/** Where a stop condition decides, the limit is there for the one that never comes true. */
const DEFAULT_TURNS_BESIDE_STOP = 100;

/**
 * The options with their defaults.
 *
 * @throws {InvalidScenarioError} for a stop condition that is none, or a limit that is no positive whole number
 */
export function checkTalk({ stop, maxTurns }: TalkOptions): {
  stop: StopCondition | undefined;
  maxTurns: number;
} {
  if (stop !== undefined && typeof stop?.begin !== 'function')
    throw new InvalidScenarioError('stop is no stop condition: give one, such as textMention("DONE")');
  const limit = maxTurns ?? (stop === undefined ? DEFAULT_TURNS : DEFAULT_TURNS_BESIDE_STOP);
  checkTurns(limit);
  return { stop, maxTurns: limit };
}
