import { randomUUID } from 'node:crypto';

/**
 * An id that sorts by time to the millisecond, with 122 random bits. Neighbours in time are neighbours in an index, too.
 * `randomUUID` keeps random bytes in stock, `randomBytes` asks for them each time.
 */
export function createMemoryId(): string {
  return `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;
}
