import { join } from 'node:path';
import { AgentError, type MemoryStore } from '@pd/agents';
import { UsageError } from './options.ts';

/** A conversation that outlives a run. */
export interface Session {
  name: string;
  memory: MemoryStore;
  /** How many messages it has from earlier runs. */
  messages: number;
  /** Where it is kept. */
  path: string;
}

/** All sessions of a log folder. */
const FILE = 'sessions.sqlite';

/** What the user says when a conversation goes on and no topic was given. */
export const GO_ON = 'Let us go on from where we stopped.';

/**
 * Opens a conversation of earlier runs, or a new one.
 *
 * @throws {UsageError} when its file cannot be used
 */
export async function openSession(name: string, dir: string): Promise<Session> {
  const path = join(dir, FILE);
  let memory: MemoryStore | undefined;
  try {
    // Only who asks for it loads SQLite.
    const { createSQLiteStore } = await import('@pd/agents/memory/sqlite');
    memory = await createSQLiteStore({ path });
    const known = await memory.session(name);
    return { name, memory, messages: known?.messages ?? 0, path };
  } catch (error) {
    await memory?.close();
    if (AgentError.isInstance(error)) throw new UsageError(`--session ${name}: ${error.message}`);
    throw error;
  }
}

/** Said to the user before the run. */
export function describeSession({ name, messages, path }: Session): string {
  return messages === 0
    ? `session ${name} begins, kept in ${path}`
    : `session ${name} goes on after ${messages} messages`;
}
