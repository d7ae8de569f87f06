import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { panWindow, zoomWindow } from './move-window.ts';
import { createScale } from './scale.ts';

/** Pixels that a pointer may move and still mean a click. */
const CLICK_SLOP = 4;
/** How much a turn of the wheel zooms. */
const WHEEL_ZOOM = 0.0015;

/** What somebody did on the timeline, in pixels from its left and the top of what is visible. */
export interface PointerActions {
  onClick(x: number, y: number): void;
  onMove(x: number, y: number): void;
  onLeave(): void;
}

/** Drags to pan, turns the wheel with Ctrl to zoom and sideways to pan; two clicks show the whole run. */
export function useNavigation(
  ref: RefObject<HTMLCanvasElement | null>,
  { window: timeWindow, run }: Store,
  actions: RefObject<PointerActions | null>,
): void {
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    let drag: { x: number; window: { start: number; end: number }; moved: boolean } | undefined;
    const scale = () => createScale(timeWindow.peek(), canvas.clientWidth);
    const at = (event: MouseEvent): [number, number] => {
      const { left, top } = canvas.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    const handlers = {
      pointerdown(event: PointerEvent) {
        if (event.button !== 0) return;
        drag = { x: event.clientX, window: timeWindow.peek(), moved: false };
        canvas.setPointerCapture(event.pointerId);
      },
      pointermove(event: PointerEvent) {
        if (drag === undefined) return actions.current?.onMove(...at(event));
        const by = event.clientX - drag.x;
        if (!drag.moved && Math.abs(by) < CLICK_SLOP) return;
        drag.moved = true;
        const { perPixel } = createScale(drag.window, canvas.clientWidth);
        timeWindow.value = panWindow(drag.window, -by * perPixel, run.end);
      },
      pointerup(event: PointerEvent) {
        const wasClick = drag !== undefined && !drag.moved;
        drag = undefined;
        if (wasClick) actions.current?.onClick(...at(event));
      },
      pointercancel() {
        drag = undefined;
      },
      pointerleave() {
        actions.current?.onLeave();
      },
      dblclick() {
        timeWindow.value = { start: 0, end: run.end };
      },
      wheel(event: WheelEvent) {
        const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
        if (event.ctrlKey || event.metaKey) {
          const around = scale().toTime(at(event)[0]);
          timeWindow.value = zoomWindow(
            timeWindow.peek(),
            Math.exp(event.deltaY * WHEEL_ZOOM),
            around,
            run.end,
          );
        } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
          timeWindow.value = panWindow(timeWindow.peek(), sideways * scale().perPixel, run.end);
        } else return;
        event.preventDefault();
      },
    };
    for (const [type, handler] of Object.entries(handlers))
      canvas.addEventListener(type, handler as EventListener, { passive: type !== 'wheel' });
    return () => {
      for (const [type, handler] of Object.entries(handlers))
        canvas.removeEventListener(type, handler as EventListener);
    };
  }, [ref, timeWindow, run, actions]);
}
