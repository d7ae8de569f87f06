/** Reading runs back: trees, requests as recorded, what makes two requests the same, and the care of a folder of runs. */

export { expandBlobs } from './blob/expand-blobs.ts';
export { readBlob } from './blob/read-blob.ts';
export { MessageNotFoundError } from './errors/message-not-found-error.ts';
export { type ForkedRun, type ForkOptions, forkRun } from './fork/fork-run.ts';
export { isAlive, type ProcessIdentity } from './journal/process-identity.ts';
export type { RedactOptions } from './journal/redactor.ts';
export { type FoundRun, findRun, findRuns } from './reader/find-runs.ts';
export { type FollowOptions, followJournal, type JournalLine } from './reader/follow-journal.ts';
export type { Finding, FindingKind } from './reader/journal-check.ts';
export { type LocatedRun, locateRun } from './reader/locate.ts';
export { readHeader } from './reader/read-header.ts';
export { readRunStart } from './reader/read-run-start.ts';
export { readTree } from './reader/read-tree.ts';
export { type Recovery, recoverTree } from './reader/recover-tree.ts';
export { canonicalRequest, requestKey } from './reader/request-key.ts';
export { type Percentiles, RunStats, type StatsReport, type StatsRow } from './reader/run-stats.ts';
export { type RunSummary, summariseRun } from './reader/summarise-run.ts';
export { type VerifyReport, verifyRun } from './reader/verify-run.ts';
export { type PruneCandidate, type PrunePlan, type PruneRule, planPrune } from './retention/plan-prune.ts';
export { removeRun, scanRuns } from './retention/run-files.ts';
export { type CanonicalTree, canonicalTree } from './tree/canonical-tree.ts';
export { callsById, expandRequest } from './tree/expand-request.ts';
