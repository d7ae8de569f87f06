import type { Concurrency } from '../../analysis/concurrency.ts';
import { plural } from '../../text/format.ts';

const HEIGHT = 36;

/** How many calls were under way, a bar per part of the run. */
export function ConcurrencyChart({ concurrency: { peak, mean, overTime } }: { concurrency: Concurrency }) {
  const most = Math.max(...overTime, 1);
  const average = mean === undefined ? '' : `, ${mean.toFixed(1)} on average`;
  return (
    <>
      <p class="analysis-text">
        At most {plural(peak, 'call')} at once{average}.
      </p>
      <svg
        class="concurrency"
        viewBox={`0 0 ${overTime.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {overTime.map((calls, part) => {
          const height = (calls / most) * HEIGHT;
          return <rect key={part} x={part + 0.1} y={HEIGHT - height} width={0.8} height={height} />;
        })}
      </svg>
    </>
  );
}
