import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page from the file system and everything about it that should not have happened. */
export interface OpenedPage {
  page: Page;
  /** Errors and warnings on the console, uncaught errors, blocked resources, requests for anything else. */
  troubles: string[];
}

/** Opens an HTML file as a double click would, in a context of its own. */
export async function openPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    // Things are where they belong at once.
    reducedMotion: 'reduce',
    ...options,
  });
  const url = pathToFileURL(file).href;
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:'))
      troubles.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Content-Security-Policy ${violatedDirective} blocked ${blockedURI}`),
    );
  });
  await page.goto(url);
  // The page listens to keys once it has been painted, which no reader is quicker than.
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return { page, troubles };
}
