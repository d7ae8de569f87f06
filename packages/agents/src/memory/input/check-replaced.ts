import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';

/** The most messages that one summary stands for; its provenance names each of them. */
export const MOST_REPLACED = 10_000;

/** @throws {InvalidMemoryInputError} when one summary would stand for more */
export function checkReplaced(count: number): void {
  if (count > MOST_REPLACED)
    throw new InvalidMemoryInputError(
      `one summary may stand for ${MOST_REPLACED} messages: summarise a shorter range first, then the summaries`,
    );
}
