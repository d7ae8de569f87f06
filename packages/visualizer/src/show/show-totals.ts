import type { RunTree } from '@pd/call-log/schema';
import { formatCount, formatNumberOf } from '@pd/call-log/terminal';
import { latencyOf } from '../graph/latency.ts';
import { formatDuration } from '../text/format.ts';
import { isLost } from '../text/status.ts';
import { costFigure, tokenFigure } from './figures.ts';
import type { Style } from './style.ts';

/** What it all came to. */
export function* showTotals({ run, agents, messages }: RunTree, style: Style): Generator<string> {
  const { paint, width, text, glyphs } = style;
  const { calls, attempts, errors, cost_usd, unpriced_calls, input_tokens, output_tokens } = run.totals;
  const latency = latencyOf(
    agents.flatMap(({ calls: own }) => own.flatMap(({ duration_ms }) => duration_ms ?? [])),
  );
  const sums = {
    calls,
    costUsd: cost_usd,
    unpricedCalls: unpriced_calls,
    inputTokens: input_tokens,
    outputTokens: output_tokens,
  };
  let lost = 0;
  for (const { status } of messages) if (isLost(status)) lost++;
  const rows: [string, string][] = [
    [
      'calls',
      [
        formatCount(calls),
        ...(attempts > calls ? [formatNumberOf(attempts, 'attempt')] : []),
        ...(errors > 0 ? [`${formatCount(errors)} failed`] : []),
      ].join(` ${glyphs.dot} `),
    ],
    [
      'messages',
      [formatCount(messages.length), ...(lost > 0 ? [`${formatCount(lost)} lost`] : [])].join(
        ` ${glyphs.dot} `,
      ),
    ],
    ['tokens', tokenFigure(sums).join('') || glyphs.none],
    ['cost', costFigure(sums, style).join('') || glyphs.none],
  ];
  if (latency !== undefined)
    rows.push([
      'a call took',
      [
        `p50 ${formatDuration(latency.p50Ms)}`,
        `p95 ${formatDuration(latency.p95Ms)}`,
        `at most ${formatDuration(latency.maxMs)}`,
      ].join(` ${glyphs.dot} `),
    ]);
  for (const [name, value] of rows)
    yield `${paint('dim', name.padEnd(12))}${paint(/failed|lost/.test(value) ? 'red' : 'reset', text(value, width - 12))}`;
}
