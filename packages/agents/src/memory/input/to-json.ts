import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';

/** The most that one message or fact may take as JSON, in UTF-16 units: an image of 24 MB as a data URL fits. */
const LONGEST = 32 * 1024 * 1024;

/**
 * An object as JSON.
 *
 * @throws {InvalidMemoryInputError} when it is no object, does not fit into JSON (circular, a BigInt) or is too large
 */
export function toJSON(value: unknown, what: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidMemoryInputError(
      `${what} has to be an object; got ${value === null ? 'null' : typeof value}`,
    );
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch (cause) {
    throw new InvalidMemoryInputError(`${what} does not fit into JSON: ${String(cause)}`, { cause });
  }
  if (typeof json !== 'string' || !json.startsWith('{'))
    throw new InvalidMemoryInputError(`${what} does not become an object as JSON`);
  if (json.length > LONGEST)
    throw new InvalidMemoryInputError(
      `${what} takes ${json.length} characters as JSON; at most ${LONGEST} are stored: keep large parts elsewhere and refer to them`,
    );
  return json;
}
