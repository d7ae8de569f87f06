import { useRef } from 'preact/hooks';
import { momentText } from '../model/moment.ts';
import type { Store } from '../state/store.ts';
import { panWindow } from '../timeline/move-window.ts';

/** What share of the run an arrow key moves by. */
const KEY_STEP = 0.02;

/** What of the run the timeline shows, with an edge on each side to drag. */
export function Brush({ store: { run, window: timeWindow } }: { store: Store }) {
  const ref = useRef<HTMLDivElement>(null);
  const { start, end } = timeWindow.value;
  const share = (time: number) => `${(time / run.end) * 100}%`;
  const setEdge = (edge: 'start' | 'end', time: number) => {
    const { start, end } = timeWindow.peek();
    timeWindow.value =
      edge === 'start'
        ? { start: Math.min(Math.max(0, time), end - 1), end }
        : { start, end: Math.max(Math.min(run.end, time), start + 1) };
  };
  const drag = (event: PointerEvent, move: (by: number) => void) => {
    const { currentTarget, pointerId, clientX } = event;
    const width = ref.current?.clientWidth ?? 1;
    if (!(currentTarget instanceof HTMLElement) || event.button !== 0) return;
    event.preventDefault();
    currentTarget.focus();
    currentTarget.setPointerCapture(pointerId);
    const follow = (next: PointerEvent) => move(((next.clientX - clientX) / width) * run.end);
    currentTarget.addEventListener('pointermove', follow);
    for (const end of ['pointerup', 'pointercancel'] as const)
      currentTarget.addEventListener(end, () => currentTarget.removeEventListener('pointermove', follow), {
        once: true,
      });
  };
  const isWhole = start <= 0 && end >= run.end;
  return (
    <div class={isWhole ? 'brush' : 'brush is-part'} ref={ref}>
      <div
        class="brush-window"
        style={{ left: share(start), width: share(end - start) }}
        onPointerDown={(event) => {
          const before = timeWindow.peek();
          drag(event, (by) => {
            timeWindow.value = panWindow(before, by, run.end);
          });
        }}
      />
      {(['start', 'end'] as const).map((edge) => (
        <div
          key={edge}
          class={`brush-edge brush-${edge}`}
          style={{ left: share(timeWindow.value[edge]) }}
          role="slider"
          tabIndex={0}
          aria-label={edge === 'start' ? 'Show from' : 'Show to'}
          aria-valuemin={0}
          aria-valuemax={Math.round(run.end)}
          aria-valuenow={Math.round(timeWindow.value[edge])}
          aria-valuetext={momentText(run, timeWindow.value[edge])}
          onPointerDown={(event) => {
            const before = timeWindow.peek()[edge];
            drag(event, (by) => setEdge(edge, before + by));
          }}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            setEdge(edge, timeWindow.peek()[edge] + by * run.end * KEY_STEP);
          }}
        />
      ))}
    </div>
  );
}
