import type { Analysis } from '../../analysis/analyse.ts';
import { Facts } from '../drawer/facts.tsx';
import { formatCost, formatCount, formatDuration, formatShare } from '../model/format.ts';

/** What there is to know in a line; what did not occur is left out. */
export function KeyFigures({ analysis }: { analysis: Analysis }) {
  const { durationMs, path, concurrency, retries, cache, truncated, unpriced } = analysis;
  const callMs = path.kinds.find(({ kind }) => kind === 'call')?.ms ?? 0;
  const some = (count: number) => (count === 0 ? undefined : formatCount(count));
  return (
    <Facts
      facts={[
        ['In model calls', callMs === 0 ? undefined : formatShare(callMs, durationMs)],
        ['At once, at most', some(concurrency.peak)],
        ['No call under way', durationMs === 0 ? undefined : formatShare(concurrency.idleMs, durationMs)],
        ['Attempts in vain', some(retries.attemptsInVain)],
        ['Time lost to them', retries.lostMs === 0 ? undefined : formatDuration(retries.lostMs)],
        ['Money lost to them', retries.lostUsd === undefined ? undefined : formatCost(retries.lostUsd)],
        ['Waiting to try again', retries.waitedMs === 0 ? undefined : formatDuration(retries.waitedMs)],
        ['Input from cache', cache.rate === undefined ? undefined : formatShare(cache.rate, 1)],
        ['Replies from cache', some(cache.cachedReplies)],
        ['Stopped early', some(truncated.total)],
        ['Without a price', some(unpriced.total)],
        ['Not timed', some(path.untimedCalls)],
      ]}
    />
  );
}
