import { NotALogError } from '../errors/not-a-log-error.ts';
import { isAlive } from '../journal/process-identity.ts';
import type { RunTree, Totals } from '../schema/tree.ts';
import type { FoundRun } from './find-runs.ts';
import { LineSplitter } from './lines.ts';
import { readChunks } from './read-chunks.ts';
import { readTree } from './read-tree.ts';
import { ownersOf } from './segment-paths.ts';
import { type Segment, SummaryFold } from './summary-fold.ts';

/** What a list of runs says of one. Absent means unknown, as everywhere. */
export interface RunSummary extends Omit<Totals, 'attempts'> {
  id: string;
  name?: string;
  status: RunTree['run']['status'];
  started_at?: string;
  ended_at?: string;
  /** Until its end, or until its last record when it has none. */
  duration_ms?: number;
  /** How many have asked a model. */
  agents: number;
}

/**
 * Counts one run in a single pass, without building its tree.
 *
 * @throws {NotALogError} when no line of it is a record
 */
export async function summariseRun({ id, journal, tree, segments }: FoundRun): Promise<RunSummary> {
  if (journal === undefined) return ofTree(id, await readTree(tree ?? id));
  const fold = new SummaryFold();
  const owners = ownersOf([journal, ...segments]);
  for (const [i, path] of [journal, ...segments].entries()) await readSegment(path, fold, i < owners);
  if (fold.records === 0) throw new NotALogError(journal, 'no line of it is a record of a run');
  const isOpen = (segment: Segment) => {
    const { header, ended } = segment;
    return !ended && header !== undefined && !fold.isReplaced(segment) && isAlive(header);
  };
  return {
    id,
    ...(fold.name !== undefined && { name: fold.name }),
    status:
      fold.ended?.status ?? (fold.owner !== undefined && isOpen(fold.owner) ? 'running' : 'interrupted'),
    ...times(fold.started, fold.ended?.at, fold.lastAt),
    agents: fold.agents.size,
    ...fold.totals,
    errors: fold.totals.errors + fold.interruptedCalls(isOpen),
  };
}

async function readSegment(path: string, fold: SummaryFold, owns: boolean): Promise<void> {
  fold.beginSegment(owns);
  const lines = new LineSplitter();
  await readChunks(path, (chunk) => {
    for (const line of lines.push(chunk)) fold.push(line);
  });
  fold.push(lines.rest());
}

function ofTree(id: string, { run, agents }: RunTree): RunSummary {
  const { attempts: _, ...totals } = run.totals;
  const ends = agents.flatMap(({ calls }) => calls.map(({ ended_at = '' }) => ended_at));
  return {
    id,
    ...(run.name !== undefined && { name: run.name }),
    status: run.status,
    ...times(run.started_at, run.ended_at, ends.sort().at(-1)),
    agents: agents.filter(({ calls }) => calls.length > 0).length,
    ...totals,
  };
}

function times(started?: string, ended?: string, last?: string) {
  const duration = Date.parse(ended ?? last ?? '') - Date.parse(started ?? '');
  return {
    ...(started !== undefined && { started_at: started }),
    ...(ended !== undefined && { ended_at: ended }),
    ...(duration >= 0 && { duration_ms: duration }),
  };
}
