import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, test as base, expect } from 'vitest';
import { openBrowser } from './browser.ts';
import { openPage } from './open-page.ts';

type Open = (file: string, options?: BrowserContextOptions) => Promise<Page>;

const browser = await openBrowser();
afterAll(() => browser?.close());

/** A test that opens pages, skipped without a browser. It fails when anything was wrong on one of them. */
export const test = base.extend<{ open: Open }>({
  open: async ({ skip }, use) => {
    if (browser === undefined) return skip('it needs a browser');
    const opened: Awaited<ReturnType<typeof openPage>>[] = [];
    await use(async (file, options) => {
      const one = await openPage(browser, file, options);
      opened.push(one);
      return one.page;
    });
    await Promise.all(opened.map(({ page }) => page.close()));
    expect(opened.flatMap(({ troubles }) => troubles)).toEqual([]);
  },
});
