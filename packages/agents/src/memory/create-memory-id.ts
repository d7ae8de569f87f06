import { randomBytes } from 'node:crypto';

/** An id that sorts by time to the millisecond, with 80 random bits. Neighbours in time are neighbours in an index, too. */
export function createMemoryId(): string {
  return `${Date.now().toString(36).padStart(9, '0')}${randomBytes(10).toString('hex')}`;
}
