import { createHash } from 'node:crypto';

/** What a span stands for. */
export type SpanKind = 'run' | 'agent' | 'call' | 'attempt' | 'tool';

/** The trace of a run: 32 hex digits, always the same for the same run. */
export function traceIdOf(runId: string): string {
  return digest([runId], 32);
}

/** The span of a part of a run: 16 hex digits, always the same for the same part, so that exporting twice makes no second span. */
export function spanIdOf(runId: string, kind: SpanKind, ...path: (string | number)[]): string {
  return digest([runId, kind, ...path], 16);
}

function digest(path: (string | number)[], length: number): string {
  return createHash('sha256')
    .update(JSON.stringify(['pd', ...path]))
    .digest('hex')
    .slice(0, length);
}
