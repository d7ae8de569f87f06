import { basename, parse } from 'node:path';
import { ImportError } from '../errors/import-error.ts';
import type { Span } from '../otel/span.ts';
import { readOwnTrees } from '../otlp/read-own-trees.ts';
import { isOwnSpan } from '../otlp/spans-to-trees.ts';
import { conversationEvents } from './conversation-events.ts';
import { foreignSpansToEvents } from './foreign-spans.ts';
import { readImportFile } from './read-import-file.ts';
import { type ImportTarget, writeEvents } from './write-events.ts';
import { writeTreeRun } from './write-tree-run.ts';

/** What a file would become. Nothing is written yet. */
export interface ImportPlan {
  /** Each writes one run and returns its id. @throws {InvalidRunIdError | RunExistsError} when the id cannot be used */
  runs: ((target: ImportTarget) => Promise<string> | string)[];
  /** What of the file is left out. */
  notes: string[];
}

/**
 * Reads a file of spans or of a conversation.
 *
 * @param now the time of what has none
 * @throws {LogNotFoundError} when there is no such file
 * @throws {ImportError | OtlpFormatError} when nothing of it can be imported; says why
 */
export async function planImport(path: string, now: Date): Promise<ImportPlan> {
  const file = await readImportFile(path);
  const source = { imported_from: basename(path) };
  if (file.kind === 'conversation') {
    const events = conversationEvents(file.conversation, now.toISOString());
    const name = parse(path).name;
    return {
      runs: [(target) => writeEvents(events, { ...target, name: target.name ?? name }, source, now)],
      notes: [],
    };
  }
  const { spans, damagedLines, otherSignals } = file;
  const notes = [
    ...(damagedLines > 0
      ? [`${path}: ${damagedLines} ${damagedLines === 1 ? 'line is' : 'lines are'} no JSON`]
      : []),
    ...(otherSignals > 0
      ? [
          `${path}: ${otherSignals} ${otherSignals === 1 ? 'request has' : 'requests have'} logs or metrics, not spans`,
        ]
      : []),
  ];
  const own = new Set(spans.filter(isOwnSpan).map(({ traceId }) => traceId));
  const trees = await readOwnTrees(spans.filter(isOwnSpan));
  const foreign = Map.groupBy(
    spans.filter(({ traceId }) => !own.has(traceId)),
    ({ traceId }) => traceId,
  );
  const runs: ImportPlan['runs'] = trees.map((tree) => (target) => writeTreeRun(tree, target));
  try {
    for (const trace of foreign.values()) runs.push(writerOf(trace, path, source, now));
  } catch (error) {
    // A collector's file has the traces of other programs, too; they do not keep ours from being imported.
    if (!(error instanceof ImportError) || trees.length === 0) throw error;
    notes.push(error.message);
  }
  if (runs.length === 0) throw new ImportError(path, 'there are no spans in it');
  return { runs, notes };
}

function writerOf(
  trace: readonly Span[],
  path: string,
  source: object,
  now: Date,
): ImportPlan['runs'][number] {
  const events = foreignSpansToEvents(trace, path);
  const told = events.find(({ run_id }) => run_id !== undefined)?.run_id;
  return (target) => writeEvents(events, { ...target, runId: target.runId ?? told }, source, now);
}
