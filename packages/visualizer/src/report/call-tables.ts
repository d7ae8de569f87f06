import type { Analysis } from '../analysis/analyse.ts';
import type { ListedCall } from '../analysis/call-lists.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { formatCost, formatCount, formatDuration, formatShare } from '../text/format.ts';
import { markdownTable } from './markdown-table.ts';

/** Calls that stick out, retries, and caches; nothing of what did not occur. */
export function* callTables({ retries, slowest, dearest, truncated, cache }: Analysis): Generator<string> {
  if (retries.calls.length > 0) {
    yield '\n## Retries\n\n';
    yield markdownTable(
      ['call', 'attempts', 'time lost', 'money lost'],
      retries.calls.map(({ agentId, ordinal, callId, attempts, lostMs, lostUsd }) => [
        `call ${ordinal} of ${inlineText(agentId)}, ${inlineText(callId)}`,
        formatCount(attempts),
        formatDuration(lostMs),
        lostUsd === undefined ? '–' : formatCost(lostUsd),
      ]),
    );
  }
  yield* callTable('Slowest calls', slowest);
  yield* callTable('Dearest calls', dearest);
  yield* callTable('Replies that stopped before the end', truncated.calls);
  if (cache.models.length > 0) {
    yield "\n## The provider's cache\n\n";
    yield markdownTable(
      ['model', 'calls', 'tokens in', 'from cache', 'rate'],
      cache.models.map(({ provider, model, calls, inputTokens, readTokens, rate }) => [
        inlineText(`${provider}/${model}`),
        formatCount(calls),
        formatCount(inputTokens),
        formatCount(readTokens),
        rate === undefined ? '–' : formatShare(rate, 1),
      ]),
    );
  }
}

function* callTable(title: string, calls: readonly ListedCall[]): Generator<string> {
  if (calls.length === 0) return;
  yield `\n## ${title}\n\n`;
  yield markdownTable(
    ['call', 'model', 'status', 'took', 'cost'],
    calls.map(({ agentId, ordinal, callId, provider, model, status, durationMs, costUsd }) => [
      `call ${ordinal} of ${inlineText(agentId)}, ${inlineText(callId)}`,
      inlineText(`${provider}/${model}`),
      status,
      durationMs === undefined ? '–' : formatDuration(durationMs),
      costUsd === undefined ? '–' : formatCost(costUsd),
    ]),
  );
}
