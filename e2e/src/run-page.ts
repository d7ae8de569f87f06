import type { Locator, Page } from 'playwright-core';

/** The parts of a run's page as a reader finds them: by role and name. */
export const graph = (page: Page): Locator => page.getByRole('group', { name: 'Graph of agents' });
export const timeline = (page: Page): Locator => page.getByRole('group', { name: 'Calls over time' });
export const transcript = (page: Page): Locator => page.getByRole('region', { name: 'Transcript' });
/** Everything about one call. */
export const drawer = (page: Page, { id }: { id: string }): Locator =>
  page.getByRole('complementary', { name: `Call ${id}` });

/** Where an element is in the window; it has to have a box. */
export async function boxOf(
  element: Locator,
): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${element} is not visible`);
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

/** How light the page's background is, from 0 to 255. */
export async function brightness(page: Page): Promise<number> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const channels = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.reduce((sum, channel) => sum + channel, 0) / 3;
}
