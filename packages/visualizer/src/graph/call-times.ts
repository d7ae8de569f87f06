import type { SourceCall } from './graph-source.ts';

/** When a call was over: as recorded, else as long after its beginning as it took; absent when it is open. */
export function endOf({ status, startMs, endMs, durationMs }: SourceCall): number | undefined {
  if (endMs !== undefined) return endMs;
  if (status === 'open' || startMs === undefined) return undefined;
  return startMs + (durationMs ?? 0);
}

/** How long a call took: as measured, else by the calendar where that did not run backwards. */
export function durationOf({ startMs, endMs, durationMs }: SourceCall): number | undefined {
  if (durationMs !== undefined) return durationMs;
  if (startMs === undefined || endMs === undefined || endMs < startMs) return undefined;
  return endMs - startMs;
}
