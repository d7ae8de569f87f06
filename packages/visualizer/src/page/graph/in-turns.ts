/** The least that is done in a frame, and in how many frames all of a long list is done. */
const LEAST = 24;
const FRAMES = 20;

/** Work on a list that is spread over frames. */
export interface Turns {
  /** Looks through the list again, from the next frame on. */
  start(): void;
  stop(): void;
}

/**
 * Calls `update` for the entries of a list, a few in each frame, so that hundreds that change at once do not stop what moves.
 * After a second or less of no change every entry has had its turn.
 *
 * @param update says whether there was anything to do; only that counts
 */
export function inTurns(count: number, update: (place: number) => boolean): Turns {
  const most = Math.max(LEAST, Math.ceil(count / FRAMES));
  let frame = 0;
  let place = 0;
  let left = 0;
  const step = () => {
    frame = 0;
    for (let done = 0; left > 0 && done < most; left--) {
      if (update(place)) done++;
      place = (place + 1) % count;
    }
    if (left > 0) frame = requestAnimationFrame(step);
  };
  return {
    start() {
      left = count;
      if (frame === 0 && count > 0) frame = requestAnimationFrame(step);
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
