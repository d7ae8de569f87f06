import { ScenarioError } from './scenario-error.ts';

/** What a schema finds wrong. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The content of a message does not fit its type. The message is on record as `rejected`. */
export class InvalidContentError extends ScenarioError {
  override readonly name = 'InvalidContentError';
  readonly code = 'invalid_content';
  /** What is wrong, and where. */
  readonly issues: readonly { path: string; message: string }[];

  constructor(type: string, issues: readonly Issue[]) {
    const told = issues.map(({ path = [], message }) => ({
      path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message,
    }));
    super(
      `the content does not fit the message type ${type}: ${told
        .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
        .join('; ')}`,
    );
    this.issues = told;
  }
}
