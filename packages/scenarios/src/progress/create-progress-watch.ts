import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { createCycleTrack, type Loop } from './cycle-track.ts';
import type { ProgressVerdict } from './progress-verdict.ts';
import { createToolTrack } from './tool-track.ts';
import { toMark } from './turn-mark.ts';
import type { TurnRecord } from './turn-record.ts';

export interface ProgressWatchOptions {
  /** Turns of the longest cycle that is noticed, from 1 to 64. Default: 12. */
  maxCycle?: number;
  /** After how many times through a cycle the agents are told, at least 2. Default: 2. */
  nudgeAfter?: number;
  /** After how many times through it the run is stopped, more than `nudgeAfter`. Default: 3. */
  stopAfter?: number;
  /**
   * Gives a tool's result without what differs each time it is asked, so that results alike in all else are the same.
   * Default: points in time and ids of the request are left out, unless the result is nothing else. `(result) => result`
   * makes every difference count as progress.
   */
  maskResult?: (result: string, tool: string) => string;
}

/** Watches one run for going round in circles. */
export interface ProgressWatch {
  /** To be told of every finished turn, in order; not of the nudge itself. */
  see(turn: TurnRecord): ProgressVerdict | undefined;
}

/** A turn that is repeated on its own is often a retry: it has to come this often, even where fewer times would do. */
const TURNS_TO_NUDGE = 3;
const TURNS_TO_STOP = 5;
/** Cycles that have been nudged and are remembered. */
const NUDGED = 64;

/**
 * Finds out when a conversation makes no progress: it goes round in a cycle of turns that are alike in (from, to, tools,
 * arguments, results, text), or an agent runs the same tools for the same results while the others only talk. The first
 * time it asks for a nudge; when the same cycle goes on, for a stop.
 *
 * Texts are compared without case, punctuation and polite or announcing words (English); numbers count. A tool that is
 * asked the same and answers something else is polling, and progress; also when its answers come round again.
 *
 * Takes time linear in the turn and the memory of the last turns' hashes, however long the run is.
 *
 * @throws {InvalidScenarioError} for limits that are no whole numbers, or in the wrong order
 */
export function createProgressWatch(options: ProgressWatchOptions = {}): ProgressWatch {
  const { maxCycle = 12, nudgeAfter = 2, stopAfter = 3, maskResult } = options;
  checkWhole('maxCycle', maxCycle, 1, 64);
  checkWhole('nudgeAfter', nudgeAfter, 2, 1_000_000);
  checkWhole('stopAfter', stopAfter, nudgeAfter + 1, 1_000_001);
  if (maskResult !== undefined && typeof maskResult !== 'function')
    throw new InvalidScenarioError(
      'maskResult of a progress watch is no function: give one from a result to a text',
    );
  const tracks = [createCycleTrack(maxCycle), createToolTrack()];
  const nudged = new Set<string>();

  /** A loop as a verdict, unless it is too short for one, or has been nudged and may still end. */
  const judge = (loop: Loop): ProgressVerdict | undefined => {
    const known = nudged.has(loop.key);
    if (known && isOften(loop, stopAfter, TURNS_TO_STOP)) return toVerdict('stop', loop);
    if (known || !isOften(loop, nudgeAfter, TURNS_TO_NUDGE)) return undefined;
    nudged.add(loop.key);
    const [oldest] = nudged;
    if (nudged.size > NUDGED && oldest !== undefined) nudged.delete(oldest);
    return toVerdict('nudge', loop);
  };

  return {
    see(turn) {
      const mark = toMark(turn, maskResult);
      // Every track sees every turn; a loop beside one that is told of has its own nudge still to come.
      for (const loop of tracks.map((track) => track.see(mark))) {
        const verdict = loop === undefined ? undefined : judge(loop);
        if (verdict !== undefined) return verdict;
      }
      return undefined;
    },
  };
}

function isOften(loop: Loop, times: number, turns: number): boolean {
  return loop.turns >= Math.max(times * loop.marks.length, turns);
}

function toVerdict(type: ProgressVerdict['type'], { marks, turns, reason }: Loop): ProgressVerdict {
  const times = Math.floor(turns / marks.length);
  const repeats = marks.map(({ shown }) => shown);
  const lines = repeats.map((line) => `- ${line}`).join('\n');
  const what =
    marks.length === 1 ? 'this turn has come' : `these ${marks.length} turns have been gone through`;
  const text =
    type === 'nudge'
      ? `No progress: ${what} ${times} times, with the same outcome:\n${lines}\nDo not do it again. Do something else, or say what is missing and end.`
      : `Stopped: ${what} ${times} times, with the same outcome, after a nudge:\n${lines}`;
  return { type, reason, text, repeats, times };
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new InvalidScenarioError(
      `${name} of a progress watch is ${String(value)}: give a whole number from ${least} to ${most}`,
    );
}
