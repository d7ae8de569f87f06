import type { Analysis } from '../../analysis/analyse.ts';
import { formatCost, formatCount, formatDuration, formatShare } from '../../text/format.ts';
import { Facts } from '../drawer/facts.tsx';

/** What there is to know in a line; what did not occur is left out. */
export function KeyFigures({ analysis, isTimed }: { analysis: Analysis; isTimed: boolean }) {
  const { retries, cache, truncated, unpriced } = analysis;
  return (
    <Facts
      facts={[
        ...(isTimed ? timeFacts(analysis) : []),
        ['Attempts in vain', some(retries.attemptsInVain)],
        ['Time lost to them', retries.lostMs === 0 ? undefined : formatDuration(retries.lostMs)],
        ['Money lost to them', retries.lostUsd === undefined ? undefined : formatCost(retries.lostUsd)],
        ['Waiting to try again', retries.waitedMs === 0 ? undefined : formatDuration(retries.waitedMs)],
        ['Input from cache', cache.rate === undefined ? undefined : formatShare(cache.rate, 1)],
        ['Replies from cache', some(cache.cachedReplies)],
        ['Stopped early', some(truncated.total)],
        ['Without a price', some(unpriced.total)],
      ]}
    />
  );
}

function timeFacts({ durationMs, path, concurrency }: Analysis): [string, string | undefined][] {
  const callMs = path.kinds.find(({ kind }) => kind === 'call')?.ms ?? 0;
  return [
    ['In model calls', callMs === 0 ? undefined : formatShare(callMs, durationMs)],
    ['At once, at most', some(concurrency.peak)],
    ['No call under way', durationMs === 0 ? undefined : formatShare(concurrency.idleMs, durationMs)],
    ['Not timed', some(path.untimedCalls)],
  ];
}

function some(count: number): string | undefined {
  return count === 0 ? undefined : formatCount(count);
}
