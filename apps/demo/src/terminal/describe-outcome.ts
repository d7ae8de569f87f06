import type { ScenarioOutcome } from '@pd/scenarios';
import { decisionsNeeded, describeDecision } from './ask-person.ts';
import { safeText } from './safe-text.ts';

/** Why a scenario ended, and what it waits for, in lines that are safe for a terminal. */
export function describeOutcome(outcome: ScenarioOutcome): string[] {
  const { reason, detail, turns, messages, from } = outcome;
  const why = detail === undefined ? '' : ` (${detail})`;
  const last = from === undefined ? '' : `; the last answer is ${from}’s`;
  const line = `Ended: ${reason}${why}, after ${turns} turns and ${messages} messages${last}.`;
  const waits = decisionsNeeded(outcome).map((each) => `Waits for a decision: ${describeDecision(each)}`);
  return [safeText(line).replaceAll('\n', ' '), ...waits];
}
