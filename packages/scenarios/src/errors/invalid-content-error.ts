import { type Issue, inWords, type SchemaIssue, toIssues } from './issues.ts';
import { ScenarioError } from './scenario-error.ts';

/** The content of a message does not fit its type. The message is on record as `rejected`. */
export class InvalidContentError extends ScenarioError {
  override readonly name = 'InvalidContentError';
  readonly code = 'invalid_content';
  readonly issues: readonly Issue[];

  constructor(type: string, issues: readonly SchemaIssue[]) {
    const told = toIssues(issues);
    super(`the content does not fit the message type ${type}: ${inWords(told)}`);
    this.issues = told;
  }
}
