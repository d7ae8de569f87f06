import type { ComponentChildren } from 'preact';
import type { Analysis } from '../../analysis/analyse.ts';
import type { Store } from '../state/store.ts';
import { AgentTimes } from './agent-times.tsx';
import { CacheRates } from './cache-rates.tsx';
import { CallRows } from './call-rows.tsx';
import { ConcurrencyChart } from './concurrency-chart.tsx';
import { KeyFigures } from './key-figures.tsx';
import { LoopList } from './loop-list.tsx';
import { PathShares } from './path-shares.tsx';
import { RetryList } from './retry-list.tsx';
import { SilentAgents } from './silent-agents.tsx';
import { useAnalysis } from './use-analysis.ts';
import { WhatIf } from './what-if.tsx';

/** Where a run's time and money went, computed on export. What did not occur has no part. */
export function AnalysisView({ store }: { store: Store }) {
  const opened = useAnalysis(store.run, true);
  if (opened?.error !== undefined)
    return <p class="empty">The analysis could not be opened: {opened.error}</p>;
  const analysis = opened?.value?.analysis;
  if (analysis === undefined) return null;
  return (
    <div class="analysis">
      <KeyFigures analysis={analysis} isTimed={!store.run.isInTurns} />
      <div class="analysis-parts">{[...parts(analysis, store)]}</div>
    </div>
  );
}

function* parts(analysis: Analysis, store: Store) {
  const { retries, dearest, truncated, unpriced, loops, silentAgentCount, cache } = analysis;
  if (!store.run.isInTurns) yield* timeParts(analysis, store);
  if (retries.attemptsInVain > 0 || retries.calls.length > 0)
    yield part('Retries', <RetryList retries={retries} store={store} />);
  if (loops.length > 0) yield part('Loops', <LoopList loops={loops} store={store} />);
  if (dearest.length > 0)
    yield part('Dearest calls', <CallRows calls={dearest} by="costUsd" store={store} />);
  if (truncated.total > 0)
    yield part(
      'Stopped before the end',
      <CallRows calls={truncated.calls} total={truncated.total} store={store} />,
    );
  // Where no call has a price, the figure says it all.
  if (unpriced.total > 0 && unpriced.total < store.run.calls.count)
    yield part('Without a price', <CallRows calls={unpriced.calls} total={unpriced.total} store={store} />);
  if (cache.models.length > 0) yield part("From the provider's cache", <CacheRates cache={cache} />);
  if (silentAgentCount > 0) yield part('Silent', <SilentAgents analysis={analysis} store={store} />);
}

/** Of a run whose times are known. */
function* timeParts(analysis: Analysis, store: Store) {
  const { path, whatIf, concurrency, slowest, agents } = analysis;
  if (path.agents.length > 0) yield part('Critical path', <PathShares analysis={analysis} store={store} />);
  if (whatIf.length > 0) yield part('What if', <WhatIf analysis={analysis} run={store.run} />);
  if (concurrency.peak > 1)
    yield part('Calls at the same time', <ConcurrencyChart concurrency={concurrency} />);
  if (slowest.length > 0)
    yield part('Slowest calls', <CallRows calls={slowest} by="durationMs" store={store} />);
  if (agents.length > 0) yield part('Time per agent', <AgentTimes agents={agents} store={store} />);
}

function part(title: string, children: ComponentChildren) {
  return (
    <section class="part" key={title} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
