import type { CallNode, RunTree } from '@pd/call-log/schema';
import { InvalidFactorError } from '../errors/invalid-factor-error.ts';
import { attemptMs } from './attempt-times.ts';
import type { TimedCall } from './run-clock.ts';
import { NONE, type Schedule, toSchedule } from './schedule.ts';

/**
 * What is imagined. `factor` is the new time as a share of the recorded one: 0.5 is twice as fast.
 *
 * - `agent`: every model call of that agent takes so much of its time.
 * - `model`: every attempt at that model does. `provider` and `model` as they stand in the attempts (where a call
 *   has none: as they were asked for).
 * - `no_retries`: the last attempt of every call was its first.
 */
export type Change =
  | { kind: 'agent'; agentId: string; factor: number }
  | { kind: 'model'; provider: string; model: string; factor: number }
  | { kind: 'no_retries' };

/** What a run would have taken. */
export interface Prediction {
  change: Change;
  /** Milliseconds. */
  durationMs: number;
  /** Against the record; negative when the run would take longer. */
  savedMs: number;
}

/**
 * Predicts a run's duration by replaying what hung on what (see `toSchedule`) with other durations.
 *
 * It assumes that everybody would have said and done the same; that all the time between events (own work, tools,
 * people) stays as it was; that an agent waits for everything it had waited for, so that a saving is rather
 * underestimated; and that nothing else becomes slower or faster by it, such as a limit shared by two agents.
 *
 * @throws {InvalidFactorError} when the factor is negative or no number
 */
export function whatIf(tree: RunTree, change: Change, schedule: Schedule = toSchedule(tree)): Prediction {
  if (change.kind !== 'no_retries' && !(change.factor >= 0 && Number.isFinite(change.factor)))
    throw new InvalidFactorError(change.factor);
  const { events, durationMs, tailMs, agentIds, ...bonds } = schedule;
  const times = new Float64Array(events.length);
  const known = new Float64Array(agentIds.length);
  let latest = 0;
  events.forEach((event, place) => {
    // Nobody's place is -1, of which nothing is known.
    const ready = Math.max(known[bonds.waitsFor[place] ?? NONE] ?? 0, times[bonds.cause[place] ?? NONE] ?? 0);
    const isEnd = event.kind === 'call_end';
    const time = ready + (isEnd ? changed(event.timed, change) : (bonds.gapMs[place] ?? 0));
    times[place] = time;
    latest = Math.max(latest, time);
    const knower = event.kind === 'message' ? event.to : isEnd ? event.agent : NONE;
    if (knower !== NONE) known[knower] = Math.max(known[knower] ?? 0, time);
  });
  const predicted = latest + tailMs;
  return { change, durationMs: predicted, savedMs: durationMs - predicted };
}

/** How long a call takes when the change holds. */
function changed({ agent, call, startMs, endMs }: TimedCall, change: Change): number {
  const recorded = endMs - startMs;
  switch (change.kind) {
    case 'agent':
      return agent.id === change.agentId ? recorded * change.factor : recorded;
    case 'model':
      return Math.max(
        0,
        recorded + Math.min(recorded, modelMs(call, recorded, change)) * (change.factor - 1),
      );
    case 'no_retries':
      return Math.max(0, recorded - Math.min(recorded, beforeLastAttempt(call)));
  }
}

function modelMs(call: CallNode, recorded: number, { provider, model }: Change & { kind: 'model' }): number {
  const { attempts, pre } = call;
  if (attempts.length === 0) return pre.provider === provider && pre.model === model ? recorded : 0;
  let ms = 0;
  for (const attempt of attempts) {
    if (attempt.provider === provider && (attempt.model ?? pre.model) === model)
      ms += attemptMs(attempt) ?? 0;
  }
  return ms;
}

/** From the beginning of the first attempt to that of the last: what those took, and the waits between. */
function beforeLastAttempt({ attempts }: CallNode): number {
  let ms = 0;
  for (let i = 1; i < attempts.length; i++) {
    const [before, attempt] = [attempts[i - 1], attempts[i]];
    ms += (before && attemptMs(before)) ?? 0;
    ms += Math.max(0, attempt?.waited_ms ?? 0);
  }
  return ms;
}
