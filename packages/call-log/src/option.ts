import { InvalidOptionError } from './errors/invalid-option-error.ts';

/** An option that is on or off. Strict, because `'false'` is not off. @throws {InvalidOptionError} when it is neither */
export function checkFlag(option: string, given: unknown, otherwise: boolean): boolean {
  if (given === undefined) return otherwise;
  if (typeof given !== 'boolean') throw new InvalidOptionError(option, 'true or false', given);
  return given;
}

/** Milliseconds, or never. @throws {InvalidOptionError} when it is neither */
export function checkInterval(option: string, given: unknown, otherwise: number): number | false {
  if (given === undefined) return otherwise;
  const isInterval = typeof given === 'number' && given >= 0 && given < 2 ** 31;
  if (given !== false && !isInterval) throw new InvalidOptionError(option, 'milliseconds, or false', given);
  return given;
}
