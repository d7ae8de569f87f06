import type { ComponentChildren } from 'preact';
import { costText } from '../model/cost.ts';
import { formatCount, formatDuration, formatShort, formatTime } from '../model/format.ts';
import type { RunModel } from '../model/run-model.ts';
import { Icon } from './icon.tsx';

interface TopBarProps {
  run: RunModel;
  isDark: boolean;
  onTheme: () => void;
  onHelp: () => void;
}

/** Which run this is and what it came to. */
export function TopBar({ run, isDark, onTheme, onHelp }: TopBarProps) {
  const { id, name, status, started_at: startedAt, totals, error } = run.tree.run;
  const took = run.span.end - run.span.start;
  const tokens = totals.input_tokens + totals.output_tokens;
  const cost = costText({
    calls: totals.calls,
    costUsd: totals.cost_usd,
    unpricedCalls: totals.unpriced_calls,
  });
  return (
    <header class="top-bar">
      <div class="run">
        <h1>
          <bdi>{name || id}</bdi>
        </h1>
        <div class="run-line">
          <span class={`pill pill-${status}`}>{status}</span>
          {name && <code class="run-id">{id}</code>}
          {startedAt && <time dateTime={startedAt}>{formatTime(startedAt)}</time>}
        </div>
        {error && (
          <p class="run-error">
            {error.type}: {error.message}
          </p>
        )}
      </div>
      <dl class="metrics">
        <Metric name="Duration">{took > 1 ? formatDuration(took) : '–'}</Metric>
        <Metric name="Calls">{formatCount(totals.calls)}</Metric>
        <Metric name="Messages">{formatCount(run.tree.messages.length)}</Metric>
        <Metric
          name="Tokens"
          title={`${formatCount(totals.input_tokens)} in, ${formatCount(totals.output_tokens)} out`}
        >
          {tokens > 0 ? formatShort(tokens) : '–'}
        </Metric>
        <Metric name="Cost" title={unpricedNote(totals.unpriced_calls)}>
          {cost}
        </Metric>
        <Metric name="Errors" tone={totals.errors > 0 ? 'bad' : undefined}>
          {formatCount(totals.errors)}
        </Metric>
      </dl>
      <div class="tools">
        <button
          type="button"
          class="tool"
          onClick={onTheme}
          aria-label={isDark ? 'Light colours' : 'Dark colours'}
        >
          <Icon name={isDark ? 'sun' : 'moon'} />
        </button>
        <button type="button" class="tool" onClick={onHelp} aria-label="Help">
          <Icon name="help" />
        </button>
      </div>
    </header>
  );
}

interface MetricProps {
  name: string;
  title?: string | undefined;
  tone?: 'bad' | undefined;
  children: ComponentChildren;
}

function Metric({ name, title, tone, children }: MetricProps) {
  return (
    <div class={tone ? `metric metric-${tone}` : 'metric'} title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function unpricedNote(count: number): string | undefined {
  return count === 0 ? undefined : `${formatCount(count)} without a price`;
}
