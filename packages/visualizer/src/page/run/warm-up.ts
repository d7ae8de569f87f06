import { graphAtMoment } from '../graph/graph-at-moment.ts';
import { createSearchText } from '../search/search-text.ts';
import type { RunModel } from './run-model.ts';

/** Texts made at a time. */
const AT_ONCE = 2_000;

/**
 * Makes what the first search and the first move of the playhead need, while the page has nothing else to do.
 *
 * @returns stops it
 */
export function warmUp(run: RunModel): () => void {
  const text = createSearchText(run);
  const { calls, messages } = run;
  let next = 0;
  let isWanted = true;
  const warm = () => {
    if (!isWanted) return;
    for (const end = next + AT_ONCE; next < end; next++) {
      if (next < calls.count) text.call(next);
      if (next < messages.count) text.message(next);
    }
    if (next < Math.max(calls.count, messages.count)) later(warm);
    else later(() => isWanted && graphAtMoment(run, 0));
  };
  later(warm);
  return () => {
    isWanted = false;
  };
}

function later(work: () => void): void {
  // Safari has none.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
  else setTimeout(work, 30);
}
