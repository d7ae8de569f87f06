/**
 * What becomes of messages that a provider does not take: `validate` ends the call with an `InvalidHistoryError` before
 * anything is sent, when it is certain that they would be refused; `repair` mends them; `send` sends them as they are.
 */
export type HistoryMode = 'validate' | 'repair' | 'send';

const modes: ReadonlySet<unknown> = new Set<HistoryMode>(['validate', 'repair', 'send']);

/** @throws {RangeError} for anything else */
export function toHistoryMode(mode: HistoryMode | undefined): HistoryMode {
  if (mode === undefined) return 'validate';
  if (modes.has(mode)) return mode;
  throw new RangeError(`history has to be 'validate', 'repair' or 'send', not ${JSON.stringify(mode)}`);
}
