import type { FactScope } from '../fact.ts';

/** The names under which a memory is kept. What is free to choose comes last, so that no two names meet. */
export interface RedisKeys {
  /** What the key of a session begins with. */
  sessionPrefix: string;
  sessions: string;
  changes: string;
  session(sessionId: string): string[];
  facts(scope: FactScope): string[];
}

export function createRedisKeys(prefix: string): RedisKeys {
  const sessions = `${prefix}sessions`;
  const changes = `${prefix}changes`;
  const parts = ['session', 'rows', 'places', 'all', 'conversation', 'pinned', 'replaced', 'replaces'];
  return {
    sessionPrefix: `${prefix}session:`,
    sessions,
    changes,
    session: (sessionId) => [...parts.map((part) => `${prefix}${part}:${sessionId}`), sessions, changes],
    facts: ({ type, id }) => [
      ...['facts', 'fact_order', 'fact_created'].map((part) => `${prefix}${part}:${type}:${id}`),
      changes,
    ],
  };
}
