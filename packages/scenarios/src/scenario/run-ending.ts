import type { ScenarioOutcome } from './scenario-outcome.ts';

/**
 * Lets a run end as its scenario did, which is told by what is thrown: one that waits for somebody is `interrupted`, one in
 * which an agent failed is `failed`.
 *
 * @param record records what happens as a run, with a signal whose reason, thrown, makes it an interrupted one
 */
export async function asRunEnding(
  signal: AbortSignal,
  record: (
    signal: AbortSignal,
    end: (outcome: ScenarioOutcome) => ScenarioOutcome,
  ) => Promise<ScenarioOutcome>,
): Promise<ScenarioOutcome> {
  const waiting = new AbortController();
  let ended: ScenarioOutcome | undefined;
  const end = (outcome: ScenarioOutcome): ScenarioOutcome => {
    ended = outcome;
    if (outcome.reason === 'waiting') {
      waiting.abort(outcome);
      throw outcome;
    }
    if (outcome.reason === 'agent_failed') throw outcome.error;
    return outcome;
  };
  try {
    return await record(AbortSignal.any([signal, waiting.signal]), end);
  } catch (error) {
    if (ended !== undefined && (error === ended || error === ended.error)) return ended;
    throw error;
  }
}
