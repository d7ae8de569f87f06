import type { LogEvent } from '../schema/logger-events.ts';
import { readSpan } from './read-span.ts';
import type { Span } from './span.ts';
import type { TraceFoldOptions } from './trace-fold.ts';
import { TraceFolds } from './trace-folds.ts';

/**
 * Finished spans, in any order, as events for a logger: one run a trace, with the calls, tools and agents that its spans
 * tell of. Traces without any give nothing. Events name their run and their time, so a log writes them as they were.
 *
 * @param options `runOf` puts traces into other runs
 */
export function spansToEvents(spans: readonly Span[], options: TraceFoldOptions = {}): LogEvent[] {
  const folds = new TraceFolds(options);
  return [...folds.end(spans.map(readSpan)), ...folds.close()];
}
