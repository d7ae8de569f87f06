import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { readTree } from '../reader/read-tree.ts';
import type { RunTree } from '../schema/tree.ts';
import { planImport } from './plan-import.ts';

/** What a file that is no log holds. */
export interface ForeignRuns {
  /** In the order of the file; one for a conversation. */
  trees: RunTree[];
  /**
   * A conversation, which has no times: the n-th turn stands `n` seconds after 1970 began, so that the order can be seen.
   * How long the run and its calls took is left out.
   */
  isConversation: boolean;
  /** What of the file is left out, in words. */
  notes: string[];
}

/** When a conversation begins that does not say. */
const BEGINNING = new Date(0);

/**
 * The runs that `call-log import` would make of a file, without keeping them: the same file gives the same trees. A
 * conversation's run is called after its file. Large binary parts stay references, to nothing.
 *
 * @throws {LogNotFoundError} when there is no such file
 * @throws {ImportError | OtlpFormatError} when nothing of it can be read; says why
 */
export async function readForeignRuns(path: string): Promise<ForeignRuns> {
  const { runs, notes, isConversation } = await planImport(path, BEGINNING, (turn) => new Date(turn * 1000));
  const dir = await mkdtemp(join(tmpdir(), 'call-log-'));
  try {
    const trees: RunTree[] = [];
    for (const write of runs) {
      const id = await write({ dir, ...(isConversation && { runId: idOf(path) }) });
      trees.push(ofTheFile(await readTree(join(dir, `${id}.jsonl`)), isConversation));
    }
    return { trees, notes, isConversation };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A file's name as a run id. */
function idOf(path: string): string {
  const name = parse(path)
    .name.replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100);
  return `conversation${name === '' ? '' : `-${name}`}`.replace(/\.+$/, '');
}

/** Without what is of this reading, or not on record. */
function ofTheFile(tree: RunTree, isConversation: boolean): RunTree {
  const { log_overhead_us: _, ...audit } = tree.audit;
  if (!isConversation) return { ...tree, audit };
  const { started_at: __, ended_at: ___, ...run } = tree.run;
  const agents = tree.agents.map((agent) => ({
    ...agent,
    calls: agent.calls.map(({ duration_ms: _, ended_at: __, ...call }) => ({
      ...call,
      attempts: call.attempts.map(({ duration_ms: _, ...attempt }) => attempt),
    })),
  }));
  return { ...tree, run, agents, audit };
}
