import type { RunTree } from '@pd/call-log';
import type { ScenarioOutcome } from '@pd/scenarios';
import { describeOutcome } from './describe-outcome.ts';
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

/** How the run ended. */
export interface RunEnd {
  /** Whether the stand-in has answered. */
  offline: boolean;
  /** Absent when the run was stopped or has failed. */
  outcome: ScenarioOutcome | undefined;
  /** The command that goes on with it, if that can be done. */
  resume: string | undefined;
}

/** Says at the end what was recorded and where it is. */
export type Report = (tree: RunTree, paths: RunPaths, end: RunEnd) => void;

/** A table and the paths, for people. */
export function createTextReport({ stdout }: Pick<Streams, 'stdout'>): Report {
  const style = createStyle(stdout);
  return (tree, { journal, tree: treePath, page }, { offline, outcome, resume }) => {
    const lines = [
      '',
      ...(outcome === undefined ? [] : describeOutcome(outcome).map((line) => style.bold(line))),
      toTable(summarise(tree), offline),
      '',
      `${style.dim('journal')}  ${journal}`,
      `${style.dim('tree   ')}  ${treePath}`,
      ...(page === undefined ? [] : [`${style.dim('page   ')}  ${page}`]),
      ...(resume === undefined ? [] : ['', `This run can go on: ${resume}`]),
    ];
    stdout.write(`${lines.join('\n')}\n`);
  };
}

/** One JSON line, for programs. */
export function createJsonReport({ stdout }: Pick<Streams, 'stdout'>): Report {
  return (tree, paths, { offline, resume }) => {
    const { id, status, totals } = tree.run;
    const run = { id, status, totals };
    stdout.write(
      `${toJsonLine({ type: 'summary', run, agents: summarise(tree), offline, paths, resume })}\n`,
    );
  };
}
