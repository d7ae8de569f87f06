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
  let thrown: unknown;
  const end = (outcome: ScenarioOutcome): ScenarioOutcome => {
    ended = outcome;
    if (outcome.reason === 'waiting') {
      thrown = new Waits(outcome);
      waiting.abort(thrown);
      throw thrown;
    }
    if (outcome.reason === 'agent_failed') {
      thrown = outcome.error;
      throw thrown;
    }
    return outcome;
  };
  try {
    return await record(AbortSignal.any([signal, waiting.signal]), end);
  } catch (error) {
    if (ended !== undefined && error === thrown) return ended;
    throw error;
  }
}

/** Says in the tree why such a run is interrupted. */
class Waits extends Error {
  override readonly name = 'Waits';

  constructor({ pending = [], detail }: ScenarioOutcome) {
    const forWhat = pending.map(({ type, agent }) =>
      type === 'approval' ? `a decision about tools of ${agent}` : `the answer of ${agent}`,
    );
    super(forWhat.length > 0 ? `it waits for ${forWhat.join(' and ')}` : (detail ?? 'it waits for somebody'));
  }
}
