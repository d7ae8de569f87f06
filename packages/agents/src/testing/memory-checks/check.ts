import type { MemoryStore } from '../../memory/memory-store.ts';
import type { NewMessage } from '../../memory/stored-message.ts';

/** Checks by the sentence that they show. */
export type Checks = Record<string, (store: MemoryStore) => Promise<void>>;

/** Somebody says something. */
export function says(content: string, more: Omit<NewMessage, 'message'> = {}): NewMessage {
  return { message: { role: 'user', content }, ...more };
}

/** The texts of messages. */
export function textsOf(messages: readonly { message: { content?: unknown } }[]): unknown[] {
  return messages.map(({ message }) => message.content);
}

/** What errors of this package are known by. */
export function code(expected: string): (error: unknown) => boolean {
  return (error) => error instanceof Error && 'code' in error && error.code === expected;
}
