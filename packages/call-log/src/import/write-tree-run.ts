import { createRedactor } from '../journal/redactor.ts';
import { RunJournal } from '../journal/run-journal.ts';
import { callStartRecord, plainRecord } from '../journal/to-record.ts';
import { foldSegments } from '../reader/fold-segments.ts';
import { checkRunId } from '../run-id.ts';
import type { JsonObject } from '../schema/json.ts';
import type { CallNode, RunTree } from '../schema/tree.ts';
import type { TreeOutline } from '../tree/tree-outline.ts';
import { writeTree } from '../tree/write-tree.ts';
import { treeSteps } from './tree-steps.ts';
import type { ImportTarget } from './write-events.ts';

/**
 * Writes a run again of which only the tree is there, as a journal that folds to that tree, and the tree. Different are
 * only what tells of the journal itself (`audit.events`, `audit.damaged_lines`, `seq` of the orphans), what is
 * redacted now, and a run or call that was still going on: nobody writes it any more, so it is `interrupted`.
 *
 * @returns the run's id
 * @throws {InvalidRunIdError | RunExistsError} when the id cannot be used
 */
export function writeTreeRun(tree: RunTree, { dir, runId, name, redact }: ImportTarget): string {
  const { run, orphans } = tree;
  const id = checkRunId(runId ?? run.id);
  const startedAt = run.started_at ?? firstTime(tree);
  let trouble: unknown;
  const fail = (error: unknown) => {
    trouble ??= error;
  };
  const redactor = createRedactor(redact);
  const runName = name ?? run.name;
  const journal = new RunJournal({
    dir,
    runId: id,
    ...(runName !== undefined && { name: runName }),
    metadata: run.metadata,
    startedAt,
    fsync: false,
    redactor,
    captureContent: true,
    keepReferences: true,
    contentMissing: tree.audit.capture_content === false,
    onWriteError: fail,
    onBlobError: fail,
  });
  // The beginnings among them are second ones, and stay second where the first has been written. The rest, read before
  // any call, has none.
  const firstBeginning = orphans.findIndex(({ type }) => type === 'call.start');
  const [early, late] =
    firstBeginning === -1 ? [orphans, []] : [orphans.slice(0, firstBeginning), orphans.slice(firstBeginning)];
  for (const orphan of early) writeOrphan(journal, orphan, startedAt);
  for (const step of treeSteps(tree, startedAt)) {
    if ('begin' in step) beginCall(journal, step.begin, step.agentId);
    else journal.append(plainRecord(step.event as Parameters<typeof plainRecord>[0], journal.plain));
  }
  for (const orphan of late) writeOrphan(journal, orphan, startedAt);
  end(journal, tree, redactor.count);
  journal.close();
  if (trouble !== undefined) throw trouble;
  writeTree(journal.treePath, fold(journal.journalPath));
  return id;
}

function beginCall(journal: RunJournal, call: CallNode, agentId: string): void {
  const { id, operation, agent_source: source, parent_call_id, started_at: at, pre } = call;
  const { provider, model, history, messages, parameters, tools, metadata, exact } = pre;
  const event = {
    type: 'call.start',
    at,
    call_id: id,
    operation,
    provider,
    model,
    messages,
    ...(parent_call_id !== undefined && { parent_call_id }),
    ...(parameters !== undefined && { parameters }),
    ...(tools !== undefined && { tools: tools as object[] }),
    ...(metadata !== undefined && { metadata }),
  } as const;
  const start = callStartRecord(event, { agentId, source }, journal.plain, {
    store: (_agent, _call, given) => ({
      ...(history !== undefined && { history }),
      messages: journal.messages.storeNew(given),
    }),
  });
  journal.append(exact === undefined ? start.record : { ...start.record, exact }, start.messages);
}

/** As it stands, but for its place in a segment, which is another now. */
function writeOrphan(
  journal: RunJournal,
  { seq: _, type, at, ...rest }: JsonObject,
  otherwise: string,
): void {
  const fields = journal.plain(rest).value as JsonObject;
  const known = { type: String(type), at: typeof at === 'string' ? at : otherwise, ...fields };
  journal.append(known as Parameters<RunJournal['append']>[0]);
}

/** Only what the run had: one that was killed has no end and no audit, and gets none. */
function end(journal: RunJournal, { run, audit }: RunTree, redactions: number): void {
  const at = run.ended_at ?? run.started_at ?? '';
  if (audit.dropped !== undefined)
    journal.append({
      type: 'audit',
      at,
      dropped: audit.dropped + journal.dropped,
      redactions: (audit.redactions ?? 0) + redactions,
      logger_errors: audit.logger_errors ?? 0,
      log_overhead_us: audit.log_overhead_us ?? 0,
    });
  if (run.ended_at === undefined || run.status === 'running') return;
  const error = run.error === undefined ? undefined : journal.plain(run.error).value;
  journal.append({ type: 'run.end', at, status: run.status, ...(error !== undefined && { error }) });
}

/** Nobody writes it any more, although the process that has done so is still there. */
function fold(path: string): TreeOutline {
  const steps = foldSegments([path]);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value.outline({ alive: false });
  }
}

function firstTime({ agents, messages }: RunTree): string {
  const times = [
    ...agents.flatMap(({ calls }) => calls.map(({ started_at }) => started_at)),
    ...messages.map(({ at }) => at),
  ];
  return times.toSorted()[0] ?? new Date(0).toISOString();
}
