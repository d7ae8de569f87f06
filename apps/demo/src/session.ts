import { join } from 'node:path';
import { AgentError, type MemoryStore } from '@pd/agents';
import type { Environment } from './environment.ts';
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
 * Opens a conversation of earlier runs, or a new one: in the Redis of `REDIS_URL`, else in a file beside the record.
 *
 * @throws {UsageError} when its store cannot be used
 */
export async function openSession(name: string, dir: string, environment: Environment): Promise<Session> {
  const path = join(dir, FILE);
  const url = environment.get('REDIS_URL');
  let memory: MemoryStore | undefined;
  try {
    memory = url === undefined ? await inFile(path) : await inRedis(url);
    const known = await memory.session(name);
    return { name, memory, messages: known?.messages ?? 0, path: url === undefined ? path : 'Redis' };
  } catch (error) {
    await memory?.close();
    if (AgentError.isInstance(error)) throw new UsageError(`--session ${name}: ${error.message}`);
    throw error;
  }
}

// Only who asks for one loads it.
async function inFile(path: string): Promise<MemoryStore> {
  const { createSQLiteStore } = await import('@pd/agents/memory/sqlite');
  return createSQLiteStore({ path });
}

async function inRedis(url: string): Promise<MemoryStore> {
  const { createRedisStore } = await import('@pd/agents/memory/redis');
  return createRedisStore({ url });
}

/** Said to the user before the run. */
export function describeSession({ name, messages, path }: Session): string {
  return messages === 0
    ? `session ${name} begins, kept in ${path}`
    : `session ${name} goes on after ${messages} messages`;
}
