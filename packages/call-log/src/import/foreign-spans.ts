import { ImportError } from '../errors/import-error.ts';
import type { Span } from '../otel/span.ts';
import { spansToEvents } from '../otel/spans-to-events.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/**
 * The events of a trace that another instrumentation has made.
 *
 * @param path the file it stands in, for the error
 * @throws {ImportError} when it tells of no model, tool or agent
 */
export function foreignSpansToEvents(spans: readonly Span[], path: string): LogEvent[] {
  const events = spansToEvents(spans);
  if (events.length > 0) return events;
  const makers = [...new Set(spans.map(({ scope }) => scope.name || 'an unnamed instrumentation'))];
  throw new ImportError(
    path,
    `it has spans of ${makers.slice(0, 5).join(', ')} that tell of no model, tool or agent`,
  );
}
