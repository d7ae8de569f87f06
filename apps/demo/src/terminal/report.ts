import type { RunTree } from '@pd/call-log';
import { toJsonLine } from './json-printer.ts';
import type { Streams } from './printer.ts';
import { createStyle } from './style.ts';
import { summarise, toTable } from './summary-table.ts';

/** The files of a run. */
export interface RunPaths {
  journal: string;
  tree: string;
  /** Absent when it could not be written. */
  page: string | undefined;
}

/** Says at the end what was recorded and where it is. */
export type Report = (tree: RunTree, paths: RunPaths, offline: boolean) => void;

/** A table and the paths, for people. */
export function createTextReport({ stdout }: Pick<Streams, 'stdout'>): Report {
  const style = createStyle(stdout);
  return (tree, { journal, tree: treePath, page }, offline) => {
    const lines = [
      '',
      toTable(summarise(tree), offline),
      '',
      `${style.dim('journal')}  ${journal}`,
      `${style.dim('tree   ')}  ${treePath}`,
      ...(page === undefined ? [] : [`${style.dim('page   ')}  ${page}`]),
    ];
    stdout.write(`${lines.join('\n')}\n`);
  };
}

/** One JSON line, for programs. */
export function createJsonReport({ stdout }: Pick<Streams, 'stdout'>): Report {
  return (tree, paths, offline) => {
    const { id, status, totals } = tree.run;
    const run = { id, status, totals };
    stdout.write(`${toJsonLine({ type: 'summary', run, agents: summarise(tree), offline, paths })}\n`);
  };
}
