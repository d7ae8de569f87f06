import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A picture for people to look at, if PD_SCREENSHOTS names a folder for them. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const { PD_SCREENSHOTS: folder } = process.env;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}
