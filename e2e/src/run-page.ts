import type { Locator, Page } from 'playwright-core';
import { CREW_END, type CrewCall } from './crew-run.ts';

/** The parts of a run's page as a reader finds them: by role and name. */
export const graph = (page: Page): Locator => page.getByRole('group', { name: 'Graph of agents' });
export const agentNode = (page: Page, name: string): Locator =>
  graph(page).getByRole('button', { name: `${name}, ` });
export const agents = (page: Page): Locator => page.getByRole('region', { name: 'Agents and pairs' });
export const timeline = (page: Page): Locator => page.getByRole('img', { name: /^Calls over time/ });
export const transcript = (page: Page): Locator => page.getByRole('list', { name: 'Transcript' });
export const callList = (page: Page): Locator => page.getByRole('list', { name: 'Calls' });
export const playhead = (page: Page): Locator => page.getByRole('slider', { name: 'Playhead' });
export const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search' });
export const searchResult = (page: Page): Locator => page.locator('#search-result');
export const graphTab = (page: Page, name: string): Locator =>
  page.getByRole('tablist', { name: 'Graph', exact: true }).getByRole('tab', { name, exact: true });
export const listTab = (page: Page, name: string): Locator =>
  page.getByRole('tablist', { name: 'What happened' }).getByRole('tab', { name, exact: true });
/** Whatever is in the drawer. */
export const opened = (page: Page): Locator => page.getByRole('complementary');
/** Everything about one call. */
export const drawer = (page: Page, { id }: { id: string }): Locator =>
  page.getByRole('complementary', { name: `Call ${id}`, exact: true });

/** Where an element is in the window; it has to have a box. */
export async function boxOf(
  element: Locator,
): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${element} is not visible`);
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

/** How far below the top of its lane the middle of a lane's first bar is. */
const FIRST_BAR = 13;

/** Where the bar of one of the crew's calls is, in the window, while the timeline shows the whole run. */
export async function barOf(page: Page, lane: string, { start, end }: CrewCall): Promise<[number, number]> {
  const { left, right } = await boxOf(timeline(page));
  const { top } = await boxOf(page.locator('.lane-names li').filter({ hasText: lane }));
  return [left + ((right - left) * (start + end)) / 2 / CREW_END, top + FIRST_BAR];
}

/** The timeline as it is drawn, to tell whether it has changed. */
export async function timelinePicture(page: Page): Promise<string> {
  return timeline(page).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
}

/** What the URL says of the view. */
export function hashOf(page: Page): URLSearchParams {
  return new URLSearchParams(new URL(page.url()).hash.slice(1));
}

/** How light the page's background is, from 0 to 255. */
export async function brightness(page: Page): Promise<number> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const channels = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.reduce((sum, channel) => sum + channel, 0) / 3;
}
