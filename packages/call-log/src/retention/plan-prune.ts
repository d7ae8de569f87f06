/** A run that could be deleted. */
export interface PruneCandidate {
  id: string;
  /** When something was last written to it, in milliseconds since 1970. */
  writtenAt: number;
  /** Of all its files. */
  bytes: number;
  /** Never deleted. */
  running: boolean;
}

/** What is to go. A run goes when any of these says so. */
export interface PruneRule {
  /** Runs to which nothing was written for longer than this. */
  olderThanMs?: number;
  /** All but this many of the newest. */
  keep?: number;
  /** The oldest, until the others take no more than this. */
  maxBytes?: number;
}

/** Both newest first. */
export interface PrunePlan<T extends PruneCandidate> {
  remove: T[];
  keep: T[];
}

/** Decides what goes. Runs that go on count for `keep` and `maxBytes`, and stay. */
export function planPrune<T extends PruneCandidate>(
  runs: readonly T[],
  { olderThanMs, keep, maxBytes }: PruneRule,
  now: number,
): PrunePlan<T> {
  const plan: PrunePlan<T> = { remove: [], keep: [] };
  const newestFirst = runs.toSorted((a, b) => b.writtenAt - a.writtenAt || (a.id < b.id ? 1 : -1));
  const isDue = ({ writtenAt }: T, place: number) =>
    (olderThanMs !== undefined && now - writtenAt > olderThanMs) || (keep !== undefined && place >= keep);
  const left = newestFirst.filter((run, place) => run.running || !isDue(run, place));
  let excess = left.reduce((sum, { bytes }) => sum + bytes, 0) - (maxBytes ?? Number.POSITIVE_INFINITY);
  const stays = new Set(left);
  for (const run of left.toReversed()) {
    if (excess <= 0) break;
    if (run.running) continue;
    stays.delete(run);
    excess -= run.bytes;
  }
  for (const run of newestFirst) plan[stays.has(run) ? 'keep' : 'remove'].push(run);
  return plan;
}
