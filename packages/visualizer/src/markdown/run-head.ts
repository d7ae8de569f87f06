import type { RunTree, Totals } from '@pd/call-log/schema';
import { formatCost, formatCount, formatDuration, formatTime, plural } from '../text/format.ts';
import { fenced } from './fenced.ts';
import { inlineText } from './inline-text.ts';

/** What run it is, how it ended, what it took. */
export function* runHead({ run, messages }: RunTree): Generator<string> {
  const { id, name, status, started_at, ended_at, error, totals } = run;
  const took = Date.parse(ended_at ?? '') - Date.parse(started_at ?? '');
  yield `# ${inlineText(name || id)}\n\n`;
  yield `- Run: ${inlineText(id)}\n- Status: **${status}**\n`;
  if (started_at !== undefined) yield `- Started: ${inlineText(formatTime(started_at))}\n`;
  if (took >= 0) yield `- Took: ${formatDuration(took)}\n`;
  const failed = totals.errors > 0 ? `, ${formatCount(totals.errors)} failed` : '';
  yield `- ${plural(totals.calls, 'call')}${failed}, ${plural(messages.length, 'message')}\n`;
  if (totals.input_tokens > 0 || totals.output_tokens > 0)
    yield `- Tokens: ${formatCount(totals.input_tokens)} in, ${formatCount(totals.output_tokens)} out\n`;
  yield `- Cost: ${costOf(totals)}\n`;
  if (error !== undefined) yield `\n**Error** ${inlineText(error.type)}\n\n${fenced(error.message)}`;
}

/** A table of the agents; nothing without any. */
export function* agentTable({ agents }: RunTree): Generator<string> {
  if (agents.length === 0) return;
  yield '\n## Agents\n\n| agent | role | calls | failed | tokens in | tokens out | cost |\n';
  yield '|---|---|--:|--:|--:|--:|--:|\n';
  for (const { id, name, role, totals } of agents) {
    const called =
      name === undefined || name === id ? inlineText(id) : `${inlineText(name)} (${inlineText(id)})`;
    const figures = [
      formatCount(totals.calls),
      formatCount(totals.errors),
      tokensOf(totals.input_tokens),
      tokensOf(totals.output_tokens),
    ];
    yield `| ${[called, role === undefined ? '' : inlineText(role), ...figures, costOf(totals)].join(' | ')} |\n`;
  }
}

/** The tree adds up what it knows, so nothing is what it knows nothing of. */
function tokensOf(count: number): string {
  return count === 0 ? '–' : formatCount(count);
}

/** What has no price is not free. */
function costOf({ calls, cost_usd, unpriced_calls }: Totals): string {
  if (cost_usd === undefined) return calls > 0 && unpriced_calls > 0 ? 'unpriced' : '–';
  return unpriced_calls > 0 ? `≥ ${formatCost(cost_usd)}` : formatCost(cost_usd);
}
