import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isAlive, type ProcessIdentity } from '../journal/process-identity.ts';
import type { RunTree } from '../schema/tree.ts';
import { checkBlobs } from './check-blobs.ts';
import type { FoundRun } from './find-runs.ts';
import { type Finding, type FindingKind, JournalCheck } from './journal-check.ts';
import { LineSplitter } from './lines.ts';
import { readChunks } from './read-chunks.ts';
import { readTree } from './read-tree.ts';
import { ownersOf, resumeNumber } from './segment-paths.ts';
import { readSnapshotSummary } from './snapshot-summary.ts';

/** Findings of one kind that are kept; the others are counted. */
const KEPT_FINDINGS = 1_000;

/** What a run's files are worth. */
export interface VerifyReport {
  id: string;
  status: RunTree['run']['status'] | 'unknown';
  /** Whole records. */
  records: number;
  /** Of all segments, and of the blobs that they refer to. */
  bytes: number;
  /** Something is lost. */
  loss: boolean;
  /** How many findings there are of each kind. */
  counts: { [kind in FindingKind]?: number };
  /** The first 1,000 of each kind, in the order in which they were met. */
  findings: Finding[];
}

/** Checks the files of a run in one pass, in memory that grows with its calls and not with their content. */
export async function verifyRun({ id, journal, tree, segments }: FoundRun): Promise<VerifyReport> {
  const report: VerifyReport = {
    id,
    status: 'unknown',
    records: 0,
    bytes: 0,
    loss: false,
    counts: {},
    findings: [],
  };
  const found = (finding: Finding): void => {
    const count = (report.counts[finding.kind] ?? 0) + 1;
    report.counts[finding.kind] = count;
    report.loss ||= finding.loss;
    if (count <= KEPT_FINDINGS) report.findings.push(finding);
  };
  if (journal === undefined) await verifyTreeAlone(tree ?? id, report, found);
  else await verifyJournal(journal, segments, tree, report, found);
  return report;
}

async function verifyJournal(
  journal: string,
  segments: readonly string[],
  tree: string | undefined,
  report: VerifyReport,
  found: (finding: Finding) => void,
): Promise<void> {
  const paths = [journal, ...segments];
  const owners = ownersOf(paths);
  const parts: { check: JournalCheck; found: typeof found }[] = [];
  for (const [i, path] of paths.entries()) {
    const segment = basename(path);
    const foundHere = i === 0 ? found : (finding: Finding) => found({ ...finding, segment });
    parts.push({ check: await checkSegment(path, foundHere, i < owners), found: foundHere });
  }
  const checks = parts.map(({ check }) => check);
  const owner = checks.slice(0, owners).findLast(({ records }) => records > 0) ?? checks[0];
  const isReplaced = (check: JournalCheck) => check !== owner && checks.indexOf(check) < owners;
  const isOpen = (check: JournalCheck) => !isReplaced(check) && isWriting(check);
  for (const check of checks) check.settle(checks);
  for (const check of checks) check.end(isOpen);
  report.bytes += await checkBlobs(journal, parts, found);
  let damaged = 0;
  for (const { check: part } of parts) {
    report.records += part.records;
    report.bytes += part.bytes;
    damaged += part.damaged;
  }
  const status = owner?.ending ?? (owner !== undefined && isOpen(owner) ? 'running' : 'interrupted');
  report.status = status as RunTree['run']['status'];
  const snapshot =
    tree !== undefined && status !== 'running' ? snapshotState(tree, report, damaged) : undefined;
  if (snapshot !== undefined) found(snapshot);
}

async function checkSegment(
  path: string,
  found: (finding: Finding) => void,
  owns: boolean,
): Promise<JournalCheck> {
  const check = new JournalCheck(found, owns);
  const lines = new LineSplitter();
  await readChunks(path, (chunk) => {
    check.bytes += chunk.length;
    for (const line of lines.push(chunk)) check.push(line);
  });
  // A line that is being written is not torn yet.
  if (!isWriting(check)) check.push(lines.rest(), true);
  // One that continues a run and died before its header was whole has lost nothing.
  if (check.records === 0 && resumeNumber(path) === undefined)
    found({ kind: 'no_header', loss: true, message: 'no line of it is a record of a run' });
  return check;
}

function isWriting({ header, closed }: JournalCheck): boolean {
  return !closed && header !== undefined && isAlive(header as unknown as ProcessIdentity);
}

/** Whether the snapshot says what the journal says. That it does not is no loss: it can be built again. */
function snapshotState(
  path: string,
  { status, records }: VerifyReport,
  damaged: number,
): Finding | undefined {
  const unreadable: Finding = {
    kind: 'unreadable_snapshot',
    loss: false,
    message: 'the tree is not readable; `call-log recover` builds it again',
  };
  try {
    const { run, audit } = readSnapshotSummary(path);
    const behind = records + damaged - audit.events - audit.damaged_lines;
    if (Number.isNaN(behind)) return unreadable;
    if (run.status === status && behind === 0) return undefined;
    const why = behind === 0 ? `still says ${run.status}` : `holds ${audit.events} of ${records} records`;
    const message = `the tree ${why}; \`call-log recover\` builds it again`;
    return { kind: 'stale_snapshot', loss: false, message };
  } catch {
    return unreadable;
  }
}

async function verifyTreeAlone(
  path: string,
  report: VerifyReport,
  found: (finding: Finding) => void,
): Promise<void> {
  report.bytes = (await stat(path)).size;
  try {
    const { run, audit } = await readTree(path);
    report.status = run.status;
    report.records = audit.events;
    found({ kind: 'no_journal', loss: false, message: 'only the tree is there, not its journal' });
  } catch (error) {
    found({ kind: 'unreadable_snapshot', loss: true, message: (error as Error).message });
  }
}
