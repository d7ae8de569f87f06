import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { ScenarioStoppedError } from '../errors/scenario-stopped-error.ts';
import { isPattern, type Pattern, type PatternResult, type Task } from '../patterns/pattern.ts';
import { EventQueue } from './event-queue.ts';
import type { PlayOptions } from './play-options.ts';
import type { ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import { Stage } from './stage.ts';

/** Id of whoever gives a task that names nobody. */
const NOBODY_NAMED = 'user';

/**
 * Plays a pattern: its events as they happen, and its outcome. It begins with the first read, and goes no faster than it is
 * read.
 *
 * @param task what is to be worked on; a text is a task of `user`
 * @throws {InvalidScenarioError} when two who take part have one id, or for options that make no sense
 * @throws what an agent throws, where its supervision lets it; the signal's reason after an abort
 */
export async function* streamPattern(
  pattern: Pattern,
  task: string | Task,
  options: PlayOptions = {},
): ScenarioRun {
  const queue = new EventQueue();
  const stage = new Stage(options, (event) => queue.put(event));
  const playing = playOn(stage, pattern, task, options).finally(() => queue.end());
  // Its error is told below, unless the reader has left.
  playing.catch(() => {});
  try {
    yield* queue.read();
    const outcome = await playing;
    yield { type: 'end', outcome };
    return outcome;
  } finally {
    stage.close(new Error('the scenario was left'));
    await playing.catch(() => {});
  }
}

/** As {@link streamPattern}, for the outcome alone. */
export async function runPattern(
  pattern: Pattern,
  task: string | Task,
  options: PlayOptions = {},
): Promise<ScenarioOutcome> {
  return playOn(new Stage(options, () => undefined), pattern, task, options);
}

async function playOn(
  stage: Stage,
  pattern: Pattern,
  given: string | Task,
  { signal }: PlayOptions,
): Promise<ScenarioOutcome> {
  const task = checkTask(pattern, given);
  const abort = () => stage.close(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    // One of those who work on it may be who gives it.
    if (!pattern.agents.some(({ id }) => id === task.from)) stage.join(task.from);
    const result = await played(stage, pattern, task);
    await stage.flush();
    return toOutcome(stage, result);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    stage.close(new Error('the scenario is over'));
  }
}

/** The result of the pattern, with whoever gave the task; of one that was stopped, the last answer. */
async function played(stage: Stage, pattern: Pattern, task: Task): Promise<PatternResult> {
  try {
    const result = await stage.play(pattern, task);
    const { content, from, callId } = result;
    if (from !== undefined && from !== task.from) stage.tell(task.from, { from, content, callId });
    await stage.coordinator.idle();
    return result;
  } catch (error) {
    const verdict = error instanceof ScenarioStoppedError ? error.verdict : stage.verdict;
    if (verdict === undefined) throw error;
    await stage.coordinator.idle();
    return { content: '', ...stage.last, ...verdict };
  }
}

function toOutcome({ totals, verdict }: Stage, result: PatternResult): ScenarioOutcome {
  const { turns, messages, usage, costUsd } = totals;
  const { reason = 'done', detail } = verdict ?? result;
  return {
    reason,
    ...(detail !== undefined && { detail }),
    turns,
    messages,
    content: result.content,
    ...(result.from !== undefined && { from: result.from }),
    ...(result.callId !== undefined && { callId: result.callId }),
    ...(usage !== undefined && { usage, costUsd }),
    ...(verdict !== undefined && 'error' in verdict && { error: verdict.error }),
  };
}

function checkTask(pattern: Pattern, given: string | Task): Task {
  if (!isPattern(Object(pattern) as Pattern))
    throw new InvalidScenarioError('there is no pattern to play: give one, such as roundRobin({ agents })');
  const task = typeof given === 'string' ? { content: given, from: NOBODY_NAMED } : given;
  if (typeof task?.content !== 'string' || typeof task.from !== 'string' || task.from === '')
    throw new InvalidScenarioError('a task has to be a text, or { content: text, from: id }');
  return task;
}
