import type { OfflineRequest, OfflineTotals } from './types.ts';

/** How many requests the ledger remembers. */
export const ledgerSize = 10_000;

/** A ledger entry while the request is being worked on. */
export type LedgerEntry = { -readonly [K in keyof OfflineRequest]: OfflineRequest[K] };

/** The server's memory of what it was asked: the last requests, and counters over all of them. */
export interface Ledger {
  readonly requests: readonly OfflineRequest[];
  readonly totals: OfflineTotals;
  /** A new entry with the next id; it is not in the ledger until {@link record} puts it there. */
  open(): LedgerEntry;
  record(entry: LedgerEntry): void;
  settle(entry: LedgerEntry, outcome: 'sent' | 'aborted'): void;
}

export function createLedger(): Ledger {
  const requests: OfflineRequest[] = [];
  const byRoute: Record<string, number> = {};
  const totals = { requests: 0, byRoute, errors: 0, aborted: 0, promptTokens: 0, completionTokens: 0 };
  let lastId = 0;
  return {
    requests,
    totals,
    open() {
      lastId += 1;
      const id = `req-offline-${lastId}`;
      return { id, route: 'unknown', model: undefined, stream: false, status: 0, outcome: 'open' };
    },
    record(entry) {
      requests.push(entry);
      if (requests.length > ledgerSize) requests.shift();
      totals.requests += 1;
      byRoute[entry.route] = (byRoute[entry.route] ?? 0) + 1;
      if (entry.status >= 400) totals.errors += 1;
      totals.promptTokens += entry.usage?.prompt_tokens ?? 0;
      totals.completionTokens += entry.usage?.completion_tokens ?? 0;
    },
    settle(entry, outcome) {
      if (entry.outcome !== 'open') return;
      entry.outcome = outcome;
      if (outcome === 'aborted') totals.aborted += 1;
    },
  };
}
