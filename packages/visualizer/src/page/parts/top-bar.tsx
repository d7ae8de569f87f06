import type { RunTree } from '@pd/call-log/schema';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatDuration, formatShort, formatTime } from '../../text/format.ts';
import type { Theme } from '../hooks/use-theme.ts';
import { costText } from '../model/cost.ts';
import { percentiles } from '../model/percentiles.ts';
import type { Store } from '../state/store.ts';
import { Icon } from './icon.tsx';
import { RunPicker } from './run-picker.tsx';

interface TopBarProps {
  store: Store;
  theme: Theme;
  /** All runs of the document. */
  runs: readonly RunTree['run'][];
  choose: (id: string) => void;
  onHelp: () => void;
  /** The search. */
  children: ComponentChildren;
}

/** Which run this is and what it came to. */
export function TopBar({ store: { run }, theme, runs, choose, onHelp, children }: TopBarProps) {
  const { id, name, status, started_at: startedAt, totals, error } = run.run;
  const tokens = totals.input_tokens + totals.output_tokens;
  const cost = costText({
    calls: totals.calls,
    costUsd: totals.cost_usd,
    unpricedCalls: totals.unpriced_calls,
  });
  const latency = useMemo(() => percentiles(run.calls.durationMs), [run]);
  return (
    <header class="top-bar">
      <div class="run">
        {runs.length > 1 ? (
          <RunPicker runs={runs} chosen={id} choose={choose} />
        ) : (
          <h1>
            <bdi>{name || id}</bdi>
          </h1>
        )}
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
        <Metric name="Duration">{run.end > 1 && !run.isInTurns ? formatDuration(run.end) : '–'}</Metric>
        <Metric name="Calls">{formatCount(totals.calls)}</Metric>
        <Metric name="Messages">{formatCount(run.messages.count)}</Metric>
        <Metric
          name="Tokens"
          title={`${formatCount(totals.input_tokens)} in, ${formatCount(totals.output_tokens)} out`}
        >
          {tokens > 0 ? formatShort(tokens) : '–'}
        </Metric>
        <Metric name="Cost" title={unpricedNote(totals.unpriced_calls)}>
          {cost}
        </Metric>
        {latency && (
          <Metric
            name="p50 · p95 · p99"
            title={`how long a call took: half, 95 % and 99 % of ${formatCount(latency.count)} took no longer`}
          >
            {[latency.p50, latency.p95, latency.p99].map(formatDuration).join(' · ')}
          </Metric>
        )}
        <Metric name="Errors" tone={totals.errors > 0 ? 'bad' : undefined}>
          {formatCount(totals.errors)}
        </Metric>
      </dl>
      {children}
      <div class="tools">
        <button
          type="button"
          class="tool"
          onClick={theme.toggle}
          aria-label={theme.isDark ? 'Light colours' : 'Dark colours'}
        >
          <Icon name={theme.isDark ? 'sun' : 'moon'} />
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
