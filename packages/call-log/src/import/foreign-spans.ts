import { ImportError } from '../errors/import-error.ts';
import type { Span } from '../otel/span.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/**
 * The events of spans that other instrumentations have made. This is the place where the reader of their conventions
 * plugs in (`spansToEvents()` of `src/otel/spans-to-events.ts`, which is not there yet).
 *
 * @param path the file they stand in, for the error
 * @throws {ImportError} always, for now: nothing of them is understood, and nothing is guessed
 */
export function foreignSpansToEvents(spans: readonly Span[], path: string): LogEvent[] {
  const makers = [...new Set(spans.map(({ scope }) => scope.name || 'an unnamed instrumentation'))];
  throw new ImportError(
    path,
    `it has spans of ${makers.slice(0, 5).join(', ')}; only those that call-log has exported can be imported yet`,
  );
}
