import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';

/** Longest id of a session, an agent or a person, in UTF-16 units. */
const LONGEST_SESSION_ID = 16_384;

/** Longest id of a message or a fact. */
const LONGEST_ID = 200;

/** Any text may be the id of a session, except none, a broken one (half a surrogate pair) and one that is absurdly long. */
export function checkSessionId(id: unknown, what = 'a session id'): asserts id is string {
  checkText(id, what, LONGEST_SESSION_ID);
}

export function checkId(id: unknown, what: string): asserts id is string {
  checkText(id, what, LONGEST_ID);
}

function checkText(id: unknown, what: string, longest: number): void {
  if (typeof id !== 'string' || id === '')
    throw new InvalidMemoryInputError(`${what} has to be a text that is not empty; got ${describe(id)}`);
  if (id.length > longest)
    throw new InvalidMemoryInputError(
      `${what} may have ${longest} characters; got ${id.length}: use a hash of it`,
    );
  // Databases store UTF-8, in which two broken texts become one and the same.
  if (!id.isWellFormed())
    throw new InvalidMemoryInputError(`${what} has half a surrogate pair and would not come back unchanged`);
}

function describe(value: unknown): string {
  return value === '' ? 'an empty one' : typeof value;
}
