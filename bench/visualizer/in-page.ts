import type { Page } from 'playwright-core';

/** What moves on a page: called before each frame with the share of the time that is over. */
export type Gesture = 'pan' | 'zoom' | 'scrub' | 'play' | 'scroll';

/** Frames while something moves, and what each of them took. */
export interface Frames {
  perSecond: number;
  /** Processor time of the page's own thread for a frame, drawing included: what tells when the machine is busy. */
  busyMs: number;
  /** 95 of 100 frames came sooner after the one before. */
  p95Ms: number;
}

const MOVES_FOR_MS = 2500;

/** Moves something for a while, as a hand would: one event a frame. */
export async function countFrames(page: Page, gesture: Gesture): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await busySeconds(session);
  const gaps = await page.evaluate(
    async ({ gesture, ms }) => {
      const find = (selector: string) => {
        const element = document.querySelector<HTMLElement>(selector);
        if (element === null) throw new Error(`there is no ${selector}`);
        return element;
      };
      const canvas = () => find('canvas.lanes');
      const inCanvas = () => {
        const { left, top, width, height } = canvas().getBoundingClientRect();
        return { left, width, middle: { clientX: left + width / 2, clientY: top + height / 2 } };
      };
      const drag = (type: string, clientX: number, clientY: number) =>
        canvas().dispatchEvent(
          new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, bubbles: true }),
        );
      // There is no pointer of that number to capture.
      Element.prototype.setPointerCapture = () => {};
      const wheel = (deltaY: number) =>
        canvas().dispatchEvent(
          new WheelEvent('wheel', {
            ...inCanvas().middle,
            deltaY,
            ctrlKey: true,
            bubbles: true,
            cancelable: true,
          }),
        );
      const swing = (share: number) => (1 - Math.cos(share * 4 * Math.PI)) / 2;

      const moves: Record<typeof gesture, (share: number) => void> = {
        pan(share) {
          const { left, width, middle } = inCanvas();
          drag('pointermove', left + width * (0.2 + 0.6 * swing(share)), middle.clientY);
        },
        zoom: (share) => void wheel(share % 0.5 < 0.25 ? -40 : 40),
        scrub(share) {
          const slider = find('input.playhead') as HTMLInputElement;
          slider.value = String(Number(slider.max) * 0.98 * swing(share));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
        },
        play() {},
        scroll(share) {
          find('#scroll').scrollTop = 20_000 * swing(share);
        },
      };
      if (gesture === 'pan') {
        // Whoever pans has zoomed in.
        for (let turn = 0; turn < 12; turn++) wheel(-100);
        const { middle } = inCanvas();
        drag('pointerdown', middle.clientX, middle.clientY);
      }
      if (gesture === 'play') find('.play').click();
      const gaps: number[] = [];
      const begin = performance.now();
      await new Promise<void>((resolve) => {
        let last: number | undefined;
        const frame = (now: number) => {
          if (last !== undefined) gaps.push(now - last);
          last = now;
          if (performance.now() - begin >= ms) return resolve();
          moves[gesture]((performance.now() - begin) / ms);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
      if (gesture === 'play') find('.play').click();
      if (gesture === 'pan') {
        drag('pointerup', 0, 0);
        for (let turn = 0; turn < 30; turn++) wheel(100);
      }
      return gaps;
    },
    { gesture, ms: MOVES_FOR_MS },
  );
  const busy = (await busySeconds(session)) - before;
  await session.detach();
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    perSecond: (gaps.length * 1000) / total,
    busyMs: (busy * 1000) / gaps.length,
    p95Ms: gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? Number.NaN,
  };
}

/** Milliseconds from a text in the search field to the frame that shows how much was found. */
export async function searchMs(page: Page, text: string): Promise<number> {
  return page.evaluate(async (text) => {
    const field = document.querySelector<HTMLInputElement>('#search');
    const result = document.querySelector('#search-result');
    if (field === null || result === null) throw new Error('there is no search');
    const painted = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve();
          port2.postMessage(undefined);
        }),
      );
    const type = (value: string) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type('');
    await painted();
    await painted();
    const before = result.textContent;
    const begin = performance.now();
    type(text);
    do await painted();
    while (result.textContent === before && performance.now() - begin < 20_000);
    return performance.now() - begin;
  }, text);
}

/** What scripts keep in memory after a collection, in MB. */
export async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

async function busySeconds(session: {
  send(method: 'Performance.getMetrics'): Promise<{ metrics: { name: string; value: number }[] }>;
}): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}
