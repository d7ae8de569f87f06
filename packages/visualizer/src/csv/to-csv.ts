import type { RunTree } from '@pd/call-log/schema';
import { COLUMNS } from './columns.ts';
import { csvCell } from './csv-cell.ts';

/**
 * The calls of a run as CSV (RFC 4180, UTF-8): a head with the names of the columns, then a row per call, agent by agent in
 * the order of the record. What is not known is an empty cell, never 0. Control characters become U+FFFD, and no cell is a
 * formula, whatever an agent is called.
 */
export function toCsv(tree: RunTree): string {
  return [...csvLines(tree)].join('');
}

/** The same, a line after the other. */
export function* csvLines({ run, agents }: RunTree): Generator<string> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for (const agent of agents)
    for (const call of agent.calls)
      yield `${COLUMNS.map(([, value]) => csvCell(value({ runId: run.id, agent, call }))).join(',')}\r\n`;
}
