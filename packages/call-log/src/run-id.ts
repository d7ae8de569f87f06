import { randomBytes } from 'node:crypto';
import { InvalidRunIdError } from './errors/invalid-run-id-error.ts';
import { createRedactor, type RedactOptions } from './journal/redactor.ts';

/** A run id that sorts by time and is safe as a file name: `20261122T145203123Z-3f9a1c`. */
export function createRunId(
  now: Date = new Date(),
  random: () => string = () => randomBytes(3).toString('hex'),
) {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${random()}`;
}

// Device names that Windows keeps for itself, with or without an extension.
// @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Returns `id` if it is safe as a file name everywhere.
 *
 * @throws {InvalidRunIdError} when it is empty, longer than 128 characters, or could name anything but one file in the log directory
 */
export function checkRunId(id: string): string {
  if (
    typeof id !== 'string' ||
    !/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(id) ||
    id.endsWith('.') ||
    reserved.test(id)
  ) {
    throw new InvalidRunIdError(id);
  }
  return id;
}

/**
 * Makes a check of run ids that, beside that, refuses one that holds a secret, because it becomes the name of a file. The
 * user's patterns are left out, because they may mean what times are made of.
 *
 * @throws {InvalidRunIdError} by the check
 */
export function createRunIdCheck(redaction: RedactOptions | false = {}): (id: string) => string {
  const { redact } = createRedactor(redaction && { ...redaction, patterns: [] });
  return (id) => {
    const clean = redact(checkRunId(id));
    if (clean !== id)
      throw new InvalidRunIdError(clean, 'it holds a secret, and names of files can be read by others');
    return id;
  };
}
