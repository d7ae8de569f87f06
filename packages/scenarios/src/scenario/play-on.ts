import { bindContext } from '@pd/call-log/context';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { isPattern, type Pattern, type PatternResult, type Task } from '../patterns/pattern.ts';
import { checkPlayOptions } from './check-options.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';
import { Stage, type StageOptions } from './stage.ts';
import type { Tell } from './streamed.ts';

/** Id of whoever gives a task that names nobody. */
const NOBODY_NAMED = 'user';

/** Plays a pattern on a stage of its own, to its end. */
export async function playOn(
  pattern: Pattern,
  given: string | Task,
  { signal, ...options }: StageOptions,
  tell: Tell,
): Promise<ScenarioOutcome> {
  const task = checkTask(pattern, given);
  checkPlayOptions(options);
  signal?.throwIfAborted();
  const stage = new Stage(options, tell);
  // Whoever aborts does it anywhere; how the messages ended belongs to this run.
  const abort = bindContext(() => stage.close(signal?.reason));
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
    if (stage.verdict === undefined) throw error;
    // What others are doing meanwhile is done to its end, and on record.
    await stage.coordinator.idle();
    return { content: '', ...stage.last };
  }
}

function toOutcome({ totals, verdict, waiting }: Stage, result: PatternResult): ScenarioOutcome {
  const { turns, messages, usage, costUsd } = totals;
  const {
    reason = 'done',
    detail,
    error,
  } = waiting.length > 0 ? WAITING : { error: undefined, ...result, ...verdict };
  return {
    reason,
    ...(detail !== undefined && { detail }),
    turns,
    messages,
    content: result.content,
    ...(result.from !== undefined && { from: result.from }),
    ...(result.callId !== undefined && { callId: result.callId }),
    ...(usage !== undefined && { usage, costUsd }),
    ...(error !== undefined && { error }),
    ...(waiting.length > 0 && { pending: waiting }),
  };
}

const WAITING = { reason: 'waiting', detail: undefined, error: undefined } as const;

function checkTask(pattern: Pattern, given: string | Task): Task {
  if (!isPattern(Object(pattern) as Pattern))
    throw new InvalidScenarioError('there is no pattern to play: give one, such as roundRobin({ agents })');
  const task = typeof given === 'string' ? { content: given, from: NOBODY_NAMED } : given;
  if (typeof task?.content !== 'string' || typeof task.from !== 'string' || task.from === '')
    throw new InvalidScenarioError('a task has to be a text, or { content: text, from: id }');
  return task;
}
