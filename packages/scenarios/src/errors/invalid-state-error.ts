import { type Issue, inWords, type SchemaIssue, toIssues } from './issues.ts';
import { ScenarioError } from './scenario-error.ts';

/** The state of a graph does not fit its schema: at first, or after a step has changed it. */
export class InvalidStateError extends ScenarioError {
  override readonly name = 'InvalidStateError';
  readonly code = 'invalid_state';
  readonly issues: readonly Issue[];

  constructor(issues: readonly SchemaIssue[]) {
    const told = toIssues(issues);
    super(`the state does not fit the schema of the graph: ${inWords(told)}`);
    this.issues = told;
  }
}
