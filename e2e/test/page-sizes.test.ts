import type { Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { crewRun } from '../src/crew-run.ts';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import {
  agentNode,
  barOf,
  boxOf,
  drawer,
  graphTab,
  listTab,
  opened,
  playhead,
  timeline,
} from '../src/run-page.ts';
import { screenshot } from '../src/screenshot.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const folder = temporaryFolder();
const crew = writePage(folder, crewRun());
let demo: DemoRun;
beforeAll(async () => {
  demo = await runDemo(folder, '--turns', '4');
});

/** What stands in the top bar, in the heads of the panels and in the strip below, all at once. */
const PARTS = [
  '.top-bar > *',
  '.graph-panel > .panel-head > *',
  '.timeline-panel > .panel-head > *',
  '.list-panel > .panel-head > *',
  '.overview > *',
];

describe.each([
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844, hasTouch: true, isMobile: true },
])('in a window of $width×$height', ({ width, height, ...touch }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everything fits its width and nothing lies on anything else, ${colorScheme}`, async ({ open }) => {
      const page = await open(demo.page, { viewport: { width, height }, colorScheme, ...touch });
      await expectFit(page, width);
      await screenshot(page, `${width}x${height}-${colorScheme}`);
      await graphTab(page, 'Matrix').click();
      await listTab(page, 'Calls').click();
      await expectFit(page, width);
      await screenshot(page, `${width}x${height}-${colorScheme}-matrix`);
      await listTab(page, 'Record').click();
      await expectFit(page, width);
      await page.keyboard.press('j');
      const { left, right } = await boxOf(opened(page));
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      await screenshot(page, `${width}x${height}-${colorScheme}-call`);
    });
  }
});

test('a finger opens a call, chooses an agent and moves the playhead', async ({ open }) => {
  const page = await open(crew, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await agentNode(page, 'Writer').locator('.node-body').tap();
  await page.getByRole('button', { name: 'Show everybody' }).tap();
  await timeline(page).scrollIntoViewIfNeeded();
  await page.touchscreen.tap(
    ...(await barOf(page, 'Writer', { id: 'draft', agent: 'writer', start: 11_000, end: 20_000 })),
  );
  await drawer(page, { id: 'draft' }).getByText('Write a draft.').waitFor();
  await page.getByRole('button', { name: 'Close' }).tap();
  await opened(page).waitFor({ state: 'detached' });
  // The strip stays at hand, wherever the document is scrolled to.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const { left, right, top, bottom } = await boxOf(playhead(page));
  expect(bottom).toBeLessThanOrEqual(844);
  await page.touchscreen.tap((left + right) / 2, (top + bottom) / 2);
  await expect.poll(async () => Number(await playhead(page).inputValue())).toBeLessThan(30_000);
});

async function expectFit(page: Page, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  for (const parts of PARTS) {
    const boxes = await page.locator(parts).evaluateAll((elements) =>
      elements
        .map((element) => element.getBoundingClientRect())
        .filter((box) => box.width > 0)
        .map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
    );
    boxes.forEach((a, index) => {
      expect(a.left, parts).toBeGreaterThanOrEqual(0);
      expect(a.right, parts).toBeLessThanOrEqual(width);
      for (const b of boxes.slice(index + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        expect(Math.min(across, down), `${parts} ${index}`).toBeLessThanOrEqual(1);
      }
    });
  }
  // Words that are wider than their place go on below it or say so with an ellipsis.
  const cut = await page
    .locator('.metric, .pill, .tabs button, .legend li, .call-at, .call-number, .badge')
    .evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map(({ textContent }) => textContent),
    );
  expect(cut).toEqual([]);
}
