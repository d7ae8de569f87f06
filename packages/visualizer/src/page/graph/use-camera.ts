import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useBox } from '../hooks/use-box.ts';
import { type Camera, fitCamera, panCamera, zoomCamera } from './camera.ts';

/** Pixels that a pointer may move and still mean a click. */
const CLICK_SLOP = 4;
/** How much a turn of the wheel zooms. */
const WHEEL_ZOOM = 0.0015;

/** What somebody looks at of a picture. */
export interface CameraControls {
  camera: Camera;
  isWhole: boolean;
  /** Around the middle. */
  zoom(factor: number): void;
  fit(): void;
}

/**
 * Drags to pan, turns the wheel with Ctrl to zoom; two clicks show the whole picture. What is dragged is not clicked.
 *
 * @param ref the box that the picture fills
 */
export function useCamera(
  ref: RefObject<HTMLElement | null>,
  picture: { width: number; height: number },
): CameraControls {
  const box = useBox(ref);
  const moved = useSignal<Camera | undefined>(undefined);
  const fit = useMemo(() => fitCamera(picture, box), [picture, box]);
  const camera = moved.value ?? fit;
  const zoomAt = (factor: number, x: number, y: number) => {
    const next = zoomCamera(camera, fit, factor, x, y);
    moved.value = next === fit ? undefined : next;
  };
  const current = useRef({ camera, zoomAt, picture, box });
  current.current = { camera, zoomAt, picture, box };
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let drag: { x: number; y: number; camera: Camera; moved: boolean } | undefined;
    const handlers = {
      pointerdown({ button, pointerType, clientX: x, clientY: y }: PointerEvent) {
        // A finger scrolls the page, until it has zoomed in.
        if (button !== 0 || (pointerType === 'touch' && moved.peek() === undefined)) return;
        drag = { x, y, camera: current.current.camera, moved: false };
      },
      pointermove(event: PointerEvent) {
        if (drag === undefined) return;
        const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
        if (!drag.moved && Math.hypot(dx, dy) < CLICK_SLOP) return;
        if (!drag.moved) element.setPointerCapture(event.pointerId);
        drag.moved = true;
        const { picture, box } = current.current;
        moved.value = panCamera(drag.camera, picture, box, dx, dy);
      },
      pointerup() {
        // The click that follows has to know that this was none.
        if (drag?.moved) addEventListener('click', stopOnce, { capture: true, once: true });
        setTimeout(() => removeEventListener('click', stopOnce, { capture: true }));
        drag = undefined;
      },
      pointercancel() {
        drag = undefined;
      },
      dblclick() {
        moved.value = undefined;
      },
      wheel(event: WheelEvent) {
        if (!event.ctrlKey && !event.metaKey) return;
        const { left, top } = element.getBoundingClientRect();
        current.current.zoomAt(
          Math.exp(-event.deltaY * WHEEL_ZOOM),
          event.clientX - left,
          event.clientY - top,
        );
        event.preventDefault();
      },
    };
    for (const [type, handler] of Object.entries(handlers))
      element.addEventListener(type, handler as EventListener, { passive: type !== 'wheel' });
    return () => {
      for (const [type, handler] of Object.entries(handlers))
        element.removeEventListener(type, handler as EventListener);
    };
  }, [ref, moved]);
  return {
    camera,
    isWhole: moved.value === undefined,
    zoom: (factor) => zoomAt(factor, box.width / 2, box.height / 2),
    fit() {
      moved.value = undefined;
    },
  };
}

function stopOnce(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
