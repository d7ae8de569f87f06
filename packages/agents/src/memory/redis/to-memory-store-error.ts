import { type MemoryErrorCode, MemoryStoreError } from '../../errors/memory-store-error.ts';

/** What the first word of an error reply means. @see https://redis.io/docs/latest/develop/reference/protocol-spec/ (2026-11) */
const REPLIES: Record<string, [MemoryErrorCode, string]> = {
  OOM: ['memory_full', 'it has no memory left; raise maxmemory or let sessions expire (ttlMs)'],
  MISCONF: ['memory_read_only', 'it cannot save to its disk and refuses changes; look at its log'],
  READONLY: ['memory_read_only', 'it is a replica; give the address of the primary'],
  LOADING: ['memory_unavailable', 'it is still reading its data; repeat it later'],
  MASTERDOWN: ['memory_unavailable', 'it has lost its primary; repeat it later'],
  CLUSTERDOWN: ['memory_unavailable', 'its cluster is down; repeat it later'],
  BUSY: ['memory_busy', 'a script keeps it busy; repeat it later'],
  WRONGTYPE: ['memory_corrupt', 'somebody else uses its keys; give the memory a prefix of its own'],
  NOAUTH: ['memory_unavailable', 'it wants a password; put it into the URL'],
  WRONGPASS: ['memory_unavailable', 'it refuses the user or the password of the URL'],
  NOPERM: ['memory_unavailable', 'its user may not do this; see ACL SETUSER'],
  CROSSSLOT: [
    'memory_unsupported',
    'it is a cluster; a memory needs one server (with replicas, if you like)',
  ],
  MOVED: ['memory_unsupported', 'it is a cluster; a memory needs one server (with replicas, if you like)'],
};

/** Replies of a server that will soon say something else: it starts, it changes places with another, a script runs. */
const PASSING = ['LOADING', 'MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN', 'BUSY'];

export function isPassing(reply: Error): boolean {
  return PASSING.includes(firstWord(reply));
}

/**
 * Says what an error reply of Redis means for a memory.
 *
 * @param unknown whether an earlier try may have been carried out
 */
export function replyError(reply: Error, place: string, unknown: boolean): MemoryStoreError {
  const [code, meaning] = REPLIES[firstWord(reply)] ?? ['memory_failed', 'it refuses'];
  return new MemoryStoreError(code, `Redis memory ${place}: ${meaning} (${reply.message.slice(0, 200)})`, {
    cause: reply,
    outcome: unknown ? 'unknown' : 'not_written',
  });
}

function firstWord(reply: Error): string {
  return reply.message.split(' ', 1)[0] ?? '';
}
