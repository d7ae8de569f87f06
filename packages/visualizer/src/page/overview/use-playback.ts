import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Store } from '../state/store.ts';

/** A whole run is played in this many milliseconds, unless it took less. */
const WHOLE_RUN_MS = 20_000;

export interface Playback {
  isPlaying: ReadonlySignal<boolean>;
  /** How many times as fast as it happened. */
  speed: number;
  toggle: () => void;
}

/** Moves the playhead from where it is to the end; from the end it begins anew. */
export function usePlayback({ playhead, run }: Store): Playback {
  const isPlaying = useSignal(false);
  const frame = useRef(0);
  const speed = Math.max(1, run.end / WHOLE_RUN_MS);
  const stop = () => {
    cancelAnimationFrame(frame.current);
    isPlaying.value = false;
  };
  const play = () => {
    isPlaying.value = true;
    let last = performance.now();
    if (playhead.peek() === undefined) playhead.value = 0;
    const advance = (now: number) => {
      const at = (playhead.peek() ?? run.end) + (now - last) * speed;
      last = now;
      playhead.value = at >= run.end ? undefined : at;
      if (at >= run.end) stop();
      else frame.current = requestAnimationFrame(advance);
    };
    frame.current = requestAnimationFrame(advance);
  };
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return { isPlaying, speed, toggle: () => (isPlaying.peek() ? stop() : play()) };
}
