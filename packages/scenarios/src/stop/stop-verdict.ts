/**
 * Why a condition is true. `unpriced` and `unmeasured`: a limit on dollars or tokens can no longer be held, because
 * those of a call are not known; a limit that cannot be held stops the run instead of being ignored.
 */
export type StopCauseReason =
  | 'max_messages'
  | 'max_turns'
  | 'text_mention'
  | 'token_usage'
  | 'unmeasured'
  | 'cost_usd'
  | 'unpriced'
  | 'timeout'
  | 'handoff'
  | 'from'
  | 'external'
  | 'predicate';

/** One condition that has become true. */
export interface StopCause {
  reason: StopCauseReason;
  /** In words, with the figures. */
  detail: string;
}

/** A run is to stop. */
export interface StopVerdict extends StopCause {
  /** Everything that is true and took part: several for `and`. `reason` is that of the last one to become true. */
  causes: readonly StopCause[];
}

/** The verdict of a single cause. */
export function toVerdict(reason: StopCauseReason, detail: string): StopVerdict {
  return { reason, detail, causes: [{ reason, detail }] };
}
