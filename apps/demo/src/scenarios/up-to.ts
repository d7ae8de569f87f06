import { maxTurns, type StopCondition } from '@pd/scenarios';

/** Ends a scenario after so many answers, where somebody has asked for that. */
export function upTo(turns: number | undefined): StopCondition | undefined {
  return turns === undefined ? undefined : maxTurns(turns);
}
