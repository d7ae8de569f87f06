import type { RedactOptions } from '@pd/call-log/reader';

/** How calls are answered from a record. */
export interface ReplayOptions {
  /** The journal (`.jsonl`) or the tree (`.json`) of a run. */
  path: string;
  /**
   * How long replies take: `none`, at once; `real`, as long as they took; a number, that many times as long (0.5: twice as
   * fast). Waits between attempts are left out. Default: `none`.
   */
  timing?: 'none' | 'real' | number;
  /**
   * What becomes of a call that is not on record. `never`: it fails with a `ReplayMissError`. `missing`: it goes to the
   * server, and stands in the log of the run that is being made, like those from the record. Default: `never`.
   */
  record?: 'never' | 'missing';
  /** What the log of the recorded run scrubs; the same as given to `createCallLog`. Default: the built-in patterns. */
  redact?: RedactOptions | false;
}

/** The options, complete. */
export interface ReplayPlan {
  path: string;
  /** By how much a recorded time is multiplied. */
  scale: number;
  recordMissing: boolean;
  redact: RedactOptions | false;
}

/**
 * @param hasLogger whether what is asked is logged anywhere
 * @throws TypeError and RangeError for options that make no sense
 */
export function toReplayPlan(options: string | ReplayOptions, hasLogger: boolean): ReplayPlan {
  const given: ReplayOptions = typeof options === 'string' ? { path: options } : options;
  if (typeof given !== 'object' || given === null || typeof given.path !== 'string' || given.path === '')
    throw new TypeError('replay: give the path of a journal or tree, or { path }');
  const { path, timing = 'none', record = 'never', redact = {} } = given;
  const scale = timing === 'none' ? 0 : timing === 'real' ? 1 : timing;
  if (typeof scale !== 'number' || !Number.isFinite(scale) || scale < 0)
    throw new RangeError(`replay.timing is ${String(timing)}: give 'none', 'real' or a number from 0`);
  if (record !== 'never' && record !== 'missing')
    throw new RangeError(`replay.record is ${String(record)}: give 'never' or 'missing'`);
  if (record === 'missing' && !hasLogger)
    throw new TypeError(
      "replay.record is 'missing' and there is no logger, so that nothing would be recorded",
    );
  return { path, scale, recordMissing: record === 'missing', redact };
}
