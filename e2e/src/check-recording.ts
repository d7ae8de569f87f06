import type { Page } from 'playwright-core';
import type { OpenedRecording } from './rerun-viewer.ts';
import { screenshot } from './screenshot.ts';

/** What a recording has to show. */
export interface Shown {
  calls: number;
  /** Of the nodes, in the graph's own units. */
  positions: [number, number][];
  /** Of the graph's bounds, which begin at 0. */
  width: number;
  height: number;
  /** Pairs of nodes that the first call links. */
  firstLinks: [number, number][];
}

/** Of the viewer 0.33, in pixels: the bar with a view's name. */
const TAB_BAR = 24;
/** Of the window, which the blueprint gives to the graphs, and each of them. */
const GRAPHS_SHARE = 3 / 5;

/**
 * Holds a recording in the viewer against what it has to show: that it opens, the blueprint, the data, each node of the graph, the
 * edges of the first call, the console.
 *
 * @returns what is wrong; nothing when all is right
 */
export async function checkRecording(opened: OpenedRecording, shown: Shown): Promise<string[]> {
  const { page, recordingId, troubles } = opened;
  if (recordingId === undefined) return ['no recording was opened', ...troubles];
  const range = await until(page, 6000, async () => {
    if (troubles.length > 0) return null;
    const found = await page.evaluate((id) => {
      const { viewer } = globalThis;
      return viewer.get_active_timeline(id) === 'call' && viewer.get_time_range(id, 'call');
    }, recordingId);
    return found || undefined;
  });
  if (range === undefined || range === null)
    return ['the timeline `call` is not the one that is shown', ...troubles];
  if (range.min !== 0 || range.max !== shown.calls - 1)
    return [`the calls are from ${range.min} to ${range.max}`, ...troubles];

  await page.evaluate((id) => {
    const { viewer } = globalThis;
    for (const panel of ['top', 'blueprint', 'selection', 'time'])
      viewer.override_panel_state(panel, 'hidden');
    viewer.set_playing(id, false);
    viewer.set_current_time(id, 'call', 0);
  }, recordingId);
  const places = placesOf(page, shown);
  let wrong: string[] = [];
  // It draws when it gets round to it.
  await until(page, 3000, async () => {
    wrong = await wrongEdges(page, places, shown);
    return wrong.length === 0 || undefined;
  });
  if (wrong.length > 0) return [...wrong, ...troubles];
  for (const [node, place] of places.entries())
    if (!(await isNode(page, place, node))) return [`there is no node ${node} at ${place}`, ...troubles];
  await screenshot(page, 'rerun');
  return troubles;
}

async function wrongEdges(
  page: Page,
  places: readonly [number, number][],
  { firstLinks }: Shown,
): Promise<string[]> {
  return (await pairsWithInk(page, places)).flatMap(({ from, to, hasInk }) => {
    const isLinked = firstLinks.some((link) => link.includes(from) && link.includes(to));
    return isLinked === hasInk ? [] : [`there is ${hasInk ? 'an' : 'no'} edge between ${from} and ${to}`];
  });
}

/** Where the nodes are on the screen: the world stands in the middle of its view, never larger than life. */
function placesOf(page: Page, { positions, width, height }: Shown): [number, number][] {
  const window = page.viewportSize() ?? { width: 0, height: 0 };
  const view = { width: window.width / 2, height: window.height * GRAPHS_SHARE - TAB_BAR };
  const scale = Math.min(1, view.width / width, view.height / height);
  return positions.map(([x, y]) => [
    view.width / 2 + (x - width / 2) * scale,
    TAB_BAR + view.height / 2 + (y - height / 2) * scale,
  ]);
}

/** Clicks there until the viewer says that the node is selected; on a busy machine a click may get lost. */
async function isNode(page: Page, [x, y]: [number, number], node: number): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    await page.evaluate(() => {
      globalThis.events = [];
    });
    await page.mouse.move(x, y);
    await page.waitForTimeout(120);
    await page.mouse.down();
    await page.waitForTimeout(80);
    await page.mouse.up();
    const found = await until(page, 1200, () =>
      page.evaluate(
        (node) =>
          globalThis.events.some(({ items }) =>
            items?.some(
              ({ entity_path, instance_id, view_name }) =>
                entity_path === '/graph' && instance_id === node && view_name === 'Agents',
            ),
          ) || undefined,
        node,
      ),
    );
    if (found) return true;
  }
  return false;
}

/** Whether something is drawn that is not background, a third of the way from one node to the other, where no two edges cross. */
async function pairsWithInk(page: Page, places: readonly [number, number][]) {
  const pairs: { from: number; to: number; x: number; y: number }[] = [];
  for (const [to, [toX, toY]] of places.entries())
    for (const [from, [x, y]] of places.slice(0, to).entries())
      pairs.push({ from, to, x: x + (toX - x) / 3, y: y + (toY - y) / 3 });
  // A page cannot read the pixels of its WebGL canvas after they were shown.
  const png = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ({ png, pairs }) => {
      const image = await createImageBitmap(
        new Blob([Uint8Array.from(atob(png), (char) => char.charCodeAt(0))], { type: 'image/png' }),
      );
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d', {
        willReadFrequently: true,
      });
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const background = context.getImageData(10, 40, 1, 1).data;
      const hasInk = (x: number, y: number) => {
        const { data } = context.getImageData(Math.round(x) - 4, Math.round(y) - 4, 9, 9);
        return data.some((value, index) => Math.abs(value - (background[index % 4] ?? 0)) > 40);
      };
      return pairs.map(({ from, to, x, y }) => ({ from, to, hasInk: hasInk(x, y) }));
    },
    { png, pairs },
  );
}

/** Looks again and again, at least once. By the clock, because a look may take seconds on a busy machine. */
async function until<T>(page: Page, ms: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() >= end) return found;
    await page.waitForTimeout(100);
  }
}
