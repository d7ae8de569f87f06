import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page from the file system and everything about it that should not have happened. */
export interface OpenedPage {
  page: Page;
  /** Errors and warnings on the console, uncaught errors, blocked resources, requests for anything else. */
  troubles: string[];
}

/**
 * Opens an HTML file as a double click would, in a context of its own.
 *
 * @param file its path, which may end with a hash: what of the page is looked at
 */
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
  const [path = '', ...hash] = file.split('#');
  const url = pathToFileURL(path).href;
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      troubles.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Content-Security-Policy ${violatedDirective} blocked ${blockedURI}`),
    );
  });
  await page.goto(hash.length === 0 ? url : `${url}#${hash.join('#')}`);
  // The page listens to keys once it has been painted, which no reader is quicker than.
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return { page, troubles };
}
