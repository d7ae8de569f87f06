import type { Store } from '../state/store.ts';
import { zoomWindow } from './move-window.ts';

/** Shows less of the time or more, around the playhead or the middle. */
export function ZoomButtons({ store: { window: timeWindow, playhead, run } }: { store: Store }) {
  const { start, end } = timeWindow.value;
  const isWhole = end - start >= run.end;
  const zoom = (factor: number) => {
    const at = playhead.peek();
    const around = at !== undefined && at > start && at < end ? at : (start + end) / 2;
    timeWindow.value = zoomWindow(timeWindow.peek(), factor, around, run.end);
  };
  return (
    <div class="zoom">
      <button type="button" aria-label="Zoom out" disabled={isWhole} onClick={() => zoom(2)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" disabled={end - start <= 4} onClick={() => zoom(0.5)}>
        +
      </button>
    </div>
  );
}
