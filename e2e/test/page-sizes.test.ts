import { beforeAll, describe, expect } from 'vitest';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import { boxOf } from '../src/run-page.ts';
import { screenshot } from '../src/screenshot.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const logs = temporaryFolder();
let run: DemoRun;
beforeAll(async () => {
  run = await runDemo(logs, '--turns', '4');
});

describe.each([
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
])('in a window of $width×$height', ({ width, height }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everything fits its width, ${colorScheme}`, async ({ open }) => {
      const page = await open(run.page, { viewport: { width, height }, colorScheme });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await screenshot(page, `${width}x${height}-${colorScheme}`);
      await page.keyboard.press('j');
      const drawer = await boxOf(page.getByRole('complementary'));
      expect(drawer.left).toBeGreaterThanOrEqual(0);
      expect(drawer.right).toBeLessThanOrEqual(width);
      await screenshot(page, `${width}x${height}-${colorScheme}-call`);
    });
  }
});
