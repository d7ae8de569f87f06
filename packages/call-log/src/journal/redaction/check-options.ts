import { InvalidOptionError } from '../../errors/invalid-option-error.ts';
import type { RedactOptions } from '../redactor.ts';

/**
 * The redaction that was asked for. Strict about names and types, because a typing error must not let secrets through.
 *
 * @throws {InvalidOptionError} naming the option; never with its value
 */
export function checkRedactOptions(options: unknown): Required<RedactOptions> {
  if (options === false) return { secrets: [], patterns: [] };
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new InvalidOptionError('redact', 'an object with secrets and patterns, or false', options);
  const { secrets = [], patterns = [], ...others } = options as { [name: string]: unknown };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new InvalidOptionError('redact', 'an object with secrets and patterns only', options, unknown);
  return {
    secrets: listOf(secrets, 'redact.secrets', 'a string', (one) => typeof one === 'string'),
    patterns: listOf(patterns, 'redact.patterns', 'a regular expression', (one) => one instanceof RegExp),
  };
}

function listOf<T>(value: unknown, option: string, of: string, isOne: (one: unknown) => boolean): T[] {
  if (!Array.isArray(value)) throw new InvalidOptionError(option, `a list, each element ${of}`, value);
  // By index, because a list may have holes.
  for (let i = 0; i < value.length; i++)
    if (!isOne(value[i])) throw new InvalidOptionError(`${option}[${i}]`, of, value[i]);
  return value as T[];
}
