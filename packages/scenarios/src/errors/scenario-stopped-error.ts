import type { Verdict } from '../scenario/scene.ts';
import { ScenarioError } from './scenario-error.ts';

/** Ends a pattern when the scenario stops; caught by the scenario, whose outcome has the reason. */
export class ScenarioStoppedError extends ScenarioError {
  override readonly name = 'ScenarioStoppedError';
  readonly code = 'scenario_stopped';
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    super(`the scenario has stopped: ${verdict.detail ?? verdict.reason}`);
    this.verdict = verdict;
  }
}
