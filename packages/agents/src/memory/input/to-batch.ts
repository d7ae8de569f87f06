import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';

/** The most that one commit takes. */
const LARGEST_BATCH = 1_000;

/** One or several as a list. @throws {InvalidMemoryInputError} when they are too many for one commit */
export function toBatch<T extends object>(input: T | readonly T[], what: string): readonly T[] {
  const list: readonly T[] = Array.isArray(input) ? input : [input as T];
  if (list.length <= LARGEST_BATCH) return list;
  throw new InvalidMemoryInputError(
    `one commit takes ${LARGEST_BATCH} ${what}; got ${list.length}: give them in several`,
  );
}
