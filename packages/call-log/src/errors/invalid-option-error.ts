import { CallLogError } from './call-log-error.ts';

/** An option of `createCallLog` is not what it should be. */
export class InvalidOptionError extends CallLogError {
  override readonly name = 'InvalidOptionError';
  readonly code = 'invalid_option';
  /** Its name, as in `redact.secrets[1]`. */
  readonly option: string;

  /**
   * @param given what was given instead; its kind is told, its value is not, because it may be a secret
   * @param unknown the name in it that nobody knows
   */
  constructor(option: string, expected: string, given: unknown, unknown?: string) {
    const kind = given === null ? 'null' : Array.isArray(given) ? 'a list' : typeof given;
    super(`${option} must be ${expected}; it ${unknown === undefined ? `is ${kind}` : `has ${unknown}`}`);
    this.option = option;
  }
}
