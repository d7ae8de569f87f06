import { DuplicateMessageError } from '../../errors/duplicate-message-error.ts';
import { VersionConflictError } from '../../errors/version-conflict-error.ts';
import { checkReplaced, MOST_REPLACED } from '../input/check-replaced.ts';
import type { Change, MemoryDriver, MessageDraft, MessageRecord } from '../memory-driver.ts';
import type { SessionInfo } from '../memory-store.ts';
import type { RedisConnection } from './redis-connection.ts';
import { createRedisKeys } from './redis-keys.ts';
import { toFactRecord, toFactRow, toRecord, toRow } from './redis-rows.ts';
import * as scripts from './scripts.ts';
import { searchNewest } from './search-newest.ts';

/** What a change answers: what came of it, and the session's version. */
type ChangeReply = ['ok' | 'exists' | 'conflict' | 'nothing' | 'many', number, number?];

export interface RedisDriverOptions {
  prefix: string;
  ttlMs: number | undefined;
}

/** Every operation is one script, which is how Redis does several things at once or not at all. */
export function createRedisDriver(
  connection: RedisConnection,
  { prefix, ttlMs }: RedisDriverOptions,
): MemoryDriver {
  const keys = createRedisKeys(prefix);
  const ttl = ttlMs === undefined ? '' : String(ttlMs);

  const change = async (
    script: scripts.Script,
    sessionId: string,
    { expectedVersion, now, signal }: Change,
    values: string[],
    options: { repeatable?: boolean } = {},
  ): Promise<ChangeReply> => {
    const head = [sessionId, expectedVersion === undefined ? '' : String(expectedVersion), now, ttl];
    const all = [...head, ...values];
    const reply = (await connection.run(
      script,
      keys.session(sessionId),
      all,
      signal,
      options,
    )) as ChangeReply;
    if (reply[0] === 'conflict') throw new VersionConflictError(sessionId, expectedVersion ?? 0, reply[1]);
    return reply;
  };

  /** The messages of a change that was made before, by the same ids. */
  const existing = async (
    sessionId: string,
    drafts: readonly MessageDraft[],
    signal: AbortSignal | undefined,
  ) => {
    const ids = drafts.map(({ id }) => id);
    const reply = (await connection.run(
      scripts.READ_BY_IDS,
      keys.session(sessionId),
      ids,
      signal,
    )) as string[][];
    const records = reply.map((each) => toRecord(each, sessionId));
    const same = (draft: MessageDraft, index: number) =>
      records[index]?.id === draft.id && records[index]?.body === draft.body;
    const other = drafts.find((draft, index) => !same(draft, index));
    if (other === undefined) return records;
    const taken = records.find(({ id, body }) =>
      drafts.some((draft) => draft.id === id && draft.body !== body),
    );
    throw new DuplicateMessageError(sessionId, (taken ?? records[0])?.id ?? other.id);
  };

  const read: MemoryDriver['read'] = async (sessionId, { which, from, to, limit, order }, signal) => {
    const values = [which, String(from), String(to), String(limit), order];
    const reply = (await connection.run(scripts.READ, keys.session(sessionId), values, signal)) as string[][];
    return reply.map((each) => toRecord(each, sessionId));
  };

  const sessions: MemoryDriver['sessions'] = async (limit, offset, signal) => {
    const values = [keys.sessionPrefix, String(limit), String(offset)];
    const reply = (await connection.run(scripts.SESSIONS, [keys.sessions], values, signal)) as string[][];
    return reply.map(toInfo);
  };

  return {
    name: `Redis memory ${connection.place}`,
    read,
    sessions,

    async append(sessionId, drafts, options) {
      const values = drafts.flatMap((draft) => [draft.id, toRow(draft), draft.pinned ? '1' : '0']);
      const [outcome, version, first = 1] = await change(scripts.APPEND, sessionId, options, values);
      if (outcome === 'exists')
        return { version, records: await existing(sessionId, drafts, options.signal) };
      const records = drafts.map(
        ({ text: _, ...draft }, index): MessageRecord => ({
          ...draft,
          sessionId,
          position: first + index,
          replacedBy: undefined,
          replaces: undefined,
        }),
      );
      return { version, records };
    },

    async replace(sessionId, { from, to }, draft, options) {
      const values = [from, to, draft.id, toRow(draft), draft.pinned ? 1 : 0, MOST_REPLACED].map(String);
      const [outcome, count] = await change(scripts.REPLACE, sessionId, options, values);
      if (outcome === 'nothing') return undefined;
      if (outcome === 'many') checkReplaced(count);
      return (await existing(sessionId, [draft], options.signal))[0];
    },

    async setPinned(sessionId, messageId, pinned, options) {
      const [outcome] = await change(
        scripts.SET_PINNED,
        sessionId,
        options,
        [messageId, pinned ? '1' : '0'],
        {
          // The second time, the version would be another.
          repeatable: options.expectedVersion === undefined,
        },
      );
      return outcome === 'ok';
    },

    async clear(sessionId, options) {
      // The second time, it would also remove what others have appended since.
      const [outcome] = await change(scripts.CLEAR, sessionId, options, [], { repeatable: false });
      return outcome === 'ok';
    },

    async session(sessionId, signal) {
      const key = `${keys.sessionPrefix}${sessionId}`;
      const reply = (await connection.run(scripts.SESSION, [key], [], signal)) as (string | null)[];
      return reply[0] ? toInfo([sessionId, ...reply.map((value) => value ?? '')]) : undefined;
    },

    search: (search, signal) => searchNewest({ read, sessions }, search, signal),

    async putFacts(scope, facts, signal) {
      const now = facts[0]?.updatedAt ?? '';
      const values = [now, ttl, ...facts.flatMap((fact) => [fact.id, toFactRow(fact)])];
      const created = (await connection.run(
        scripts.PUT_FACTS,
        keys.facts(scope),
        values,
        signal,
      )) as string[];
      return facts.map((fact, index) => ({ ...fact, createdAt: created[index] ?? fact.createdAt }));
    },

    async readFacts(scope, { after = '0', limit }, signal) {
      const values = [after, String(limit)];
      const reply = (await connection.run(
        scripts.READ_FACTS,
        keys.facts(scope),
        values,
        signal,
      )) as string[][];
      return {
        facts: reply.map(([, row = '{}', created = '']) => toFactRecord(row, created)),
        next: reply.length < limit ? undefined : reply.at(-1)?.[0],
      };
    },

    async forgetFacts(scope, factId, signal) {
      const values = factId === undefined ? [] : [factId];
      return Number(
        await connection.run(scripts.FORGET_FACTS, keys.facts(scope), values, signal, { repeatable: false }),
      );
    },

    close: () => connection.close(),
  };
}

function toInfo([
  id = '',
  version,
  messages,
  replaced,
  createdAt = '',
  updatedAt = '',
]: string[]): SessionInfo {
  return {
    id,
    version: Number(version),
    messages: Number(messages ?? 0),
    replaced: Number(replaced ?? 0),
    createdAt,
    updatedAt,
  };
}
