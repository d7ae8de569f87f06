import { basename, parse } from 'node:path';
import { ImportError } from '../errors/import-error.ts';
import { readOwnTrees } from '../otlp/read-own-trees.ts';
import { isOwnSpan } from '../otlp/spans-to-trees.ts';
import { conversationEvents } from './conversation-events.ts';
import { readForeignSpans } from './foreign-spans.ts';
import { readImportFile } from './read-import-file.ts';
import { type ImportTarget, writeEvents } from './write-events.ts';
import { writeTreeRun } from './write-tree-run.ts';

/** What a file would become. Nothing is written yet. */
export interface ImportPlan {
  /** Each writes one run and returns its id. @throws {InvalidRunIdError | RunExistsError} when the id cannot be used */
  runs: ((target: ImportTarget) => Promise<string> | string)[];
  /** What of the file is left out. */
  notes: string[];
  isConversation: boolean;
}

/**
 * Reads a file of spans or of a conversation.
 *
 * @param now the time of what has none
 * @param turnAt the time of a conversation's n-th turn, from 1; default: `now` for all
 * @throws {LogNotFoundError} when there is no such file
 * @throws {ImportError | OtlpFormatError} when nothing of it can be imported; says why
 */
export async function planImport(
  path: string,
  now: Date,
  turnAt: (turn: number) => Date = () => now,
): Promise<ImportPlan> {
  const file = await readImportFile(path);
  const source = { imported_from: basename(path) };
  if (file.kind === 'conversation') {
    const events = conversationEvents(file.conversation, (turn) => turnAt(turn).toISOString());
    const name = parse(path).name;
    return {
      runs: [(target) => writeEvents(events, { ...target, name: target.name ?? name }, source, now)],
      notes: [],
      isConversation: true,
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
  const { runs: foreign, left } = readForeignSpans(spans.filter(({ traceId }) => !own.has(traceId)));
  const runs: ImportPlan['runs'] = trees.map((tree) => (target) => writeTreeRun(tree, target));
  for (const [traceId, events] of foreign)
    runs.push((target) => writeEvents(events, { ...target, runId: target.runId ?? traceId }, source, now));
  if (left !== undefined && runs.length === 0) throw new ImportError(path, left);
  // A collector's file has the traces of other programs, too; they do not keep these from being imported.
  if (left !== undefined) notes.push(`${path}: ${left}`);
  if (runs.length === 0) throw new ImportError(path, 'there are no spans in it');
  return { runs, notes, isConversation: false };
}
