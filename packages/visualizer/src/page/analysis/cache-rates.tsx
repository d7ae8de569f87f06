import type { CacheHits } from '../../analysis/cache-hits.ts';
import { formatCount, formatShare, formatShort } from '../../text/format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { BarRow } from './bar-row.tsx';

/** How much of the input each model's provider had in its cache. */
export function CacheRates({ cache: { models } }: { cache: CacheHits }) {
  return (
    <ul class="bar-rows">
      {models.map(({ provider, model, readTokens, inputTokens, rate, calls }) => (
        <BarRow
          key={`${provider} ${model}`}
          name={<bdi>{visibleText(model)}</bdi>}
          value={rate === undefined ? '–' : `${formatShare(rate, 1)} of ${formatShort(inputTokens)}`}
          parts={[rate ?? 0]}
          title={`${formatCount(readTokens)} of ${formatCount(inputTokens)} input tokens, over ${formatCount(calls)} calls that say so`}
        />
      ))}
    </ul>
  );
}
