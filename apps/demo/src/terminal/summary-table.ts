import type { RunTree } from '@pd/call-log';
import { safeText } from './safe-text.ts';

/** What one agent did. */
export interface AgentSummary {
  id: string;
  calls: number;
  errors: number;
  input_tokens: number;
  output_tokens: number;
  /** Absent when no call could be priced. */
  cost_usd?: number;
  unpriced_calls: number;
  /** Median time of a call, start to end. */
  median_ms?: number;
}

/** The agents that made calls, in the order of the tree. */
export function summarise(tree: RunTree): AgentSummary[] {
  return tree.agents
    .filter(({ calls }) => calls.length > 0)
    .map(({ id, totals, calls }) => {
      const { calls: count, errors, input_tokens, output_tokens, cost_usd, unpriced_calls } = totals;
      const middle = median(calls.flatMap(({ duration_ms }) => duration_ms ?? []));
      return {
        id,
        calls: count,
        errors,
        input_tokens,
        output_tokens,
        ...(cost_usd !== undefined && { cost_usd }),
        unpriced_calls,
        ...(middle !== undefined && { median_ms: middle }),
      };
    });
}

/** The summaries as a table of text. */
export function toTable(agents: readonly AgentSummary[], offline: boolean): string {
  const rows = agents.map((agent) => [
    safeText(agent.id),
    String(agent.calls),
    String(agent.errors),
    String(agent.input_tokens),
    String(agent.output_tokens),
    cost(agent, offline),
    agent.median_ms === undefined ? '–' : `${Math.round(agent.median_ms)} ms`,
  ]);
  const head = ['agent', 'calls', 'errors', 'tokens in', 'tokens out', 'cost', 'median latency'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ');
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function cost({ cost_usd, unpriced_calls }: AgentSummary, offline: boolean): string {
  if (offline) return 'offline';
  if (cost_usd === undefined) return 'unpriced';
  return `$${cost_usd.toFixed(4)}${unpriced_calls > 0 ? ' + unpriced' : ''}`;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
