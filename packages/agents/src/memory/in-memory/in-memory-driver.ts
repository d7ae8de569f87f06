import { VersionConflictError } from '../../errors/version-conflict-error.ts';
import type { FactScope } from '../fact.ts';
import type { FactRecord, MemoryDriver } from '../memory-driver.ts';
import { rankByWords } from '../words/rank-by-words.ts';
import { InMemorySession } from './in-memory-session.ts';

/** The plainest driver: everything in maps. A good one to read before writing one of your own. */
export function createInMemoryDriver(): MemoryDriver {
  // Kept in the order of their last change.
  const sessions = new Map<string, InMemorySession>();
  const facts = new Map<string, Map<string, FactRecord>>();
  const key = ({ type, id }: FactScope) => `${type}:${id}`;

  /** Puts a session first, if it did change. */
  const changed = (sessionId: string, session: InMemorySession, before: number) => {
    if (session.version === before) return;
    sessions.delete(sessionId);
    sessions.set(sessionId, session);
  };

  return {
    name: 'the memory in this process',

    async append(sessionId, drafts, change) {
      const session = sessions.get(sessionId) ?? new InMemorySession(sessionId, change.now);
      const before = session.version;
      const appended = session.append(drafts, change);
      changed(sessionId, session, before);
      return appended;
    },

    async read(sessionId, range) {
      return sessions.get(sessionId)?.read(range) ?? [];
    },

    async replace(sessionId, range, draft, change) {
      const session = existing(sessionId, change.expectedVersion);
      const before = session?.version ?? 0;
      const summary = session?.replace(range, draft, change);
      if (session !== undefined) changed(sessionId, session, before);
      return summary;
    },

    async setPinned(sessionId, messageId, pinned, change) {
      const session = existing(sessionId, change.expectedVersion);
      const before = session?.version ?? 0;
      if (!session?.setPinned(messageId, pinned, change)) return false;
      changed(sessionId, session, before);
      return true;
    },

    async clear(sessionId, change) {
      const session = existing(sessionId, change.expectedVersion);
      if (session === undefined) return false;
      const before = session.version;
      session.clear(change);
      changed(sessionId, session, before);
      return true;
    },

    async session(sessionId) {
      return sessions.get(sessionId)?.info;
    },

    async sessions(limit, offset) {
      return [...sessions.values()]
        .reverse()
        .slice(offset, offset + limit)
        .map((session) => session.info);
    },

    async search({ words, match, sessionId, limit }) {
      const searched = sessionId === undefined ? [...sessions.values()] : [sessions.get(sessionId)];
      const messages = searched.flatMap((session) => session?.messages ?? []);
      return rankByWords(messages, (message) => message.text, words, match)
        .slice(0, limit)
        .map(({ item, score }) => ({ ...item, score }));
    },

    async putFacts(scope, records) {
      const known = facts.get(key(scope)) ?? new Map<string, FactRecord>();
      facts.set(key(scope), known);
      return records.map((record) => {
        const stored = { ...record, createdAt: known.get(record.id)?.createdAt ?? record.createdAt };
        known.set(record.id, stored);
        return stored;
      });
    },

    async readFacts(scope, { after, limit }) {
      const begin = Number(after ?? 0);
      const all = [...(facts.get(key(scope))?.values() ?? [])];
      const end = begin + limit;
      return { facts: all.slice(begin, end), next: end < all.length ? String(end) : undefined };
    },

    async forgetFacts(scope, factId) {
      const known = facts.get(key(scope));
      if (factId !== undefined) return known?.delete(factId) ? 1 : 0;
      facts.delete(key(scope));
      return known?.size ?? 0;
    },

    async close() {
      sessions.clear();
      facts.clear();
    },
  };

  /** The session, if there is one; a version is expected of one that is not there, too. */
  function existing(sessionId: string, expectedVersion: number | undefined): InMemorySession | undefined {
    const session = sessions.get(sessionId);
    if (session === undefined && expectedVersion !== undefined && expectedVersion !== 0)
      throw new VersionConflictError(sessionId, expectedVersion, 0);
    return session;
  }
}
