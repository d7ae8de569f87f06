import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';

/**
 * A whole number in a range.
 *
 * @throws {InvalidMemoryInputError} for anything else
 */
export function checkCount(
  value: unknown,
  what: string,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: { least?: number; most?: number } = {},
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  const got = typeof value === 'number' ? value : typeof value;
  throw new InvalidMemoryInputError(
    most === Number.MAX_SAFE_INTEGER
      ? `${what} has to be a whole number from ${least} on; got ${got}`
      : `${what} has to be a whole number from ${least} to ${most}; got ${got}`,
  );
}
