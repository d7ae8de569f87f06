import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Draws in CSS pixels on a canvas of that size. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * A canvas that is as sharp as the screen and drawn again, at most once a frame, when its box changes, when a signal
 * that `draw` reads does, and when the component is rendered.
 */
export function useCanvas(draw: Draw): { ref: RefObject<HTMLCanvasElement | null>; redraw: () => void } {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const frame = useRef(0);
  // Asked for when it changes: asking in a frame makes the browser lay out all that has changed so far.
  const box = useRef<{ width: number; height: number }>(null);
  const paint = useRef(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    box.current ??= { width: canvas.clientWidth, height: canvas.clientHeight };
    const { width, height } = box.current;
    const ratio = devicePixelRatio || 1;
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== tall) [canvas.width, canvas.height] = [wide, tall];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    latest.current(context, width, height);
  });
  const redraw = useRef(() => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      paint.current();
    });
  });
  // Draws at once, so that it knows what the drawing reads; later changes wait for the next frame.
  const isFirst = useRef(true);
  useSignalEffect(() => {
    if (isFirst.current) isFirst.current = false;
    paint.current();
  });
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const observer = new ResizeObserver(() => {
      box.current = null;
      redraw.current();
    });
    observer.observe(canvas);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, []);
  useLayoutEffect(() => redraw.current());
  return { ref, redraw: redraw.current };
}
