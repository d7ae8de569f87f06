import type { GraphEdge, GraphNode, GraphTotals } from '../../graph/run-graph.ts';
import { formatDuration, formatShort, plural } from '../../text/format.ts';
import { costText } from '../model/cost.ts';

const NOUNS = { message: 'message', call: 'call', tool: 'tool call' };

/** What passed over an edge, in a few words each; what is not known is left out. */
export function edgeWords(edge: GraphEdge, count = edge.count): string[] {
  const totals = edge.kind === 'tool' ? undefined : edge.totals;
  return [
    plural(count, NOUNS[edge.kind]),
    ...(edge.errors > 0 ? [`✕ ${formatShort(edge.errors)} failed`] : []),
    ...(totals === undefined ? [] : spent(totals)),
    ...(edge.latency === undefined ? [] : [`p50 ${formatDuration(edge.latency.p50Ms)}`]),
  ];
}

/** What a node came to. */
export function nodeWords({ kind, role, isSilent, totals }: GraphNode, calls = totals.calls): string[] {
  return [
    role ?? kind,
    ...(kind === 'person' ? [] : isSilent ? ['never took part'] : [plural(calls, NOUNS[nounOf(kind)])]),
    ...(totals.errors > 0 ? [plural(totals.errors, 'error')] : []),
    ...(totals.openCalls > 0 ? [`○ ${formatShort(totals.openCalls)} still open`] : []),
    ...spent(totals),
  ];
}

function nounOf(kind: GraphNode['kind']): 'tool' | 'call' {
  return kind === 'tool' ? 'tool' : 'call';
}

function spent(totals: GraphTotals): string[] {
  const tokens = tokensOf(totals);
  const cost = costText(totals);
  return [
    ...(tokens === undefined ? [] : [`${formatShort(tokens)} tokens`]),
    ...(cost === '–' ? [] : [cost]),
  ];
}

/** Tokens in and out, as far as they are known. */
export function tokensOf({ inputTokens, outputTokens }: GraphTotals): number | undefined {
  return inputTokens === undefined && outputTokens === undefined
    ? undefined
    : (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** Tokens in and out in short, or a dash. */
export function tokensText(totals: GraphTotals): string {
  const tokens = tokensOf(totals);
  return tokens === undefined ? '–' : formatShort(tokens);
}
