import type { Span } from '../otel/span.ts';
import { spansToEvents } from '../otel/spans-to-events.ts';
import type { LogEvent } from '../schema/logger-events.ts';

/** What spans that other instrumentations have made become. */
export interface ForeignRuns {
  /** The events of each trace that tells of a model, a tool or an agent, by the trace's id. */
  runs: Map<string, LogEvent[]>;
  /** What is left out, in words; `undefined` when nothing is. */
  left?: string;
}

/** Reads the traces of other instrumentations. */
export function readForeignSpans(spans: readonly Span[]): ForeignRuns {
  const runs = new Map<string, LogEvent[]>();
  const silent: Span[] = [];
  let traces = 0;
  for (const [traceId, trace] of Map.groupBy(spans, ({ traceId }) => traceId)) {
    const events = spansToEvents(trace);
    if (events.length > 0) runs.set(traceId, events);
    else {
      traces++;
      for (const span of trace) silent.push(span);
    }
  }
  if (traces === 0) return { runs };
  const makers = [...new Set(silent.map(({ scope }) => scope.name || 'an unnamed instrumentation'))];
  const what = traces === 1 ? '1 trace does' : `${traces} traces do`;
  const whose = makers.slice(0, 5).join(', ');
  return { runs, left: `${what} not tell of a model, a tool or an agent (spans of ${whose})` };
}
