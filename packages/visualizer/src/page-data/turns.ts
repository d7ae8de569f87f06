import type { RunTree } from '@pd/call-log/schema';

/** A conversation without times is stored with a turn a second. @see `@pd/call-log/import` */
export const TURN_MS = 1_000;

/** Whether a run has no times of its own, so that those in its tree only keep the order. */
export function isInTurns({ run }: RunTree): boolean {
  return run.started_at === undefined && run.ended_at === undefined;
}
