import { type Issue, inWords, type SchemaIssue, toIssues } from './issues.ts';
import { ScenarioError } from './scenario-error.ts';

/** What a scenario was given does not fit its schema. */
export class InvalidInputError extends ScenarioError {
  override readonly name = 'InvalidInputError';
  readonly code = 'invalid_input';
  readonly issues: readonly Issue[];

  constructor(scenario: string, issues: readonly SchemaIssue[]) {
    const told = toIssues(issues);
    super(`the input does not fit the scenario ${scenario}: ${inWords(told)}`);
    this.issues = told;
  }
}
