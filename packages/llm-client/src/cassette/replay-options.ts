import type { RedactOptions } from '@pd/call-log/reader';

/** How calls are answered from a record. */
export interface ReplayOptions {
  /**
   * The journal (`.jsonl`) or the tree (`.json`) of a run, a folder of runs, or a list of them, whose calls are served in
   * that order.
   */
  path: string | readonly string[];
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

/** What the client's option takes: paths alone, or with how they are used. */
export type Replay = string | readonly string[] | ReplayOptions;

/** The options, complete. */
export interface ReplayPlan {
  paths: readonly string[];
  /** By how much a recorded time is multiplied. */
  scale: number;
  recordMissing: boolean;
  redact: RedactOptions | false;
}

/**
 * @param hasLogger whether what is asked is logged anywhere
 * @throws TypeError and RangeError for options that make no sense
 */
export function toReplayPlan(options: Replay, hasLogger: boolean): ReplayPlan {
  const given = (
    typeof options === 'string' || Array.isArray(options) ? { path: options } : options
  ) as ReplayOptions | null;
  const paths = [given?.path].flat() as readonly string[];
  if (given === null || paths.length === 0 || !paths.every((each) => typeof each === 'string' && each !== ''))
    throw new TypeError(
      'replay: give the path of a journal, a tree or a folder of them, a list of paths, or { path }',
    );
  const { timing = 'none', record = 'never', redact = {} } = given;
  const scale = timing === 'none' ? 0 : timing === 'real' ? 1 : timing;
  if (typeof scale !== 'number' || !Number.isFinite(scale) || scale < 0)
    throw new RangeError(`replay.timing is ${String(timing)}: give 'none', 'real' or a number from 0`);
  if (record !== 'never' && record !== 'missing')
    throw new RangeError(`replay.record is ${String(record)}: give 'never' or 'missing'`);
  if (record === 'missing' && !hasLogger)
    throw new TypeError(
      "replay.record is 'missing' and there is no logger, so that nothing would be recorded",
    );
  return { paths, scale, recordMissing: record === 'missing', redact };
}
