import { isSpeaker } from '../graph/is-speaker.ts';
import type { RunGraph } from '../graph/run-graph.ts';
import { formatCost, plural } from '../text/format.ts';

/** A run in one line: how many agents took part, how many calls and messages, what they cost as far as that is known. */
export function runFacts({ nodes, edges }: RunGraph): string {
  const speakers = nodes.filter(isSpeaker);
  const sum = (values: (number | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const calls = sum(speakers.map(({ totals }) => totals.calls));
  const errors = sum(speakers.map(({ totals }) => totals.errors));
  const unpriced = sum(speakers.map(({ totals }) => totals.unpricedCalls));
  const costs = speakers.flatMap(({ totals }) => totals.costUsd ?? []);
  const messages = sum(edges.map((edge) => (edge.kind === 'message' ? edge.count : 0)));
  const facts = [
    plural(speakers.filter(({ kind, isSilent }) => kind === 'agent' && !isSilent).length, 'agent'),
    plural(calls, 'call'),
    plural(messages, 'message'),
  ];
  if (errors > 0) facts.push(plural(errors, 'error'));
  if (costs.length > 0) facts.push(`${unpriced > 0 ? '≥ ' : ''}${formatCost(sum(costs))}`);
  return facts.join(' · ');
}
