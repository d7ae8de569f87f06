import { EventQueue } from './event-queue.ts';
import type { ScenarioEvent, ScenarioRun } from './scenario-event.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';

/** Tells the reader of an event; resolves when the reader is ready for more, `undefined` when nobody reads. */
export type Tell = (event: ScenarioEvent) => Promise<void> | undefined;

/** Something that is played, with a signal that also ends when its reader leaves. */
export type Play = (tell: Tell, signal: AbortSignal) => Promise<ScenarioOutcome>;

/** Plays something as it is read: its events, and its outcome. */
export async function* streamed(play: Play, given: AbortSignal | undefined): ScenarioRun {
  const queue = new EventQueue();
  const left = new AbortController();
  const signal = given === undefined ? left.signal : AbortSignal.any([given, left.signal]);
  const playing = play((event) => queue.put(event), signal).finally(() => queue.end());
  // Its error is told below, unless the reader has left.
  playing.catch(() => {});
  try {
    yield* queue.read();
    const outcome = await playing;
    yield { type: 'end', outcome };
    return outcome;
  } finally {
    left.abort(new Error('the scenario was left'));
    await playing.catch(() => {});
  }
}

/** Plays something for its outcome alone. */
export function unread(
  play: Play,
  signal: AbortSignal = new AbortController().signal,
): Promise<ScenarioOutcome> {
  return play(() => undefined, signal);
}
