import { InvalidToolError } from '../errors/invalid-tool-error.ts';
import type { ToolSettings } from './tool.ts';

/** As long as Node's timers can wait; what is longer would be over at once. @see https://nodejs.org/api/timers.html */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const MOST_RETRIES = 100;

/** @throws {InvalidToolError} for numbers that make no sense */
export function checkToolSettings<Settings extends ToolSettings>(settings: Settings, what: string): Settings {
  const { timeoutMs = 1, retries = 0, maxResultCharacters = 1 } = settings;
  const wrong = (name: string, range: string, value: unknown) =>
    new InvalidToolError(`${name} of ${what} must be ${range}, got ${String(value)}`);
  if (!(typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS))
    throw wrong('timeoutMs', `above 0 and at most ${LONGEST_TIMEOUT_MS}`, timeoutMs);
  if (!Number.isInteger(retries) || retries < 0 || retries > MOST_RETRIES)
    throw wrong('retries', `a whole number from 0 to ${MOST_RETRIES}`, retries);
  if (!Number.isInteger(maxResultCharacters) || maxResultCharacters < 1)
    throw wrong('maxResultCharacters', 'a whole number from 1', maxResultCharacters);
  return settings;
}
