import type { Pattern, Task } from '../patterns/pattern.ts';
import { playOn } from './play-on.ts';
import type { PlayOptions } from './play-options.ts';
import type { ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import { streamed, unread } from './streamed.ts';

/**
 * Plays a pattern: its events as they happen, and its outcome. It begins with the first read, and goes no faster than it is
 * read.
 *
 * @param task what is to be worked on; a text is a task of `user`
 * @throws {InvalidScenarioError} when two who take part have one id, or for options that make no sense
 * @throws what an agent throws, where its supervision lets it; the signal's reason after an abort
 */
export function streamPattern(pattern: Pattern, task: string | Task, options: PlayOptions = {}): ScenarioRun {
  return streamed((tell, signal) => playOn(pattern, task, { ...options, signal }, tell), options.signal);
}

/** As {@link streamPattern}, for the outcome alone. */
export function runPattern(
  pattern: Pattern,
  task: string | Task,
  options: PlayOptions = {},
): Promise<ScenarioOutcome> {
  return unread((tell, signal) => playOn(pattern, task, { ...options, signal }, tell), options.signal);
}
