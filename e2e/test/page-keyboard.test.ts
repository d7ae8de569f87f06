import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { CREW_END, crewRun } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import { agentNode, drawer, hashOf, listTab, opened, search, transcript } from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const crew = writePage(temporaryFolder(), crewRun());

/** Nobody needs more stops than these to get through the crew's page. */
const MOST_STOPS = 80;

test('the Tab key reaches everything there is to operate, and what has the focus is to be seen', async ({
  open,
}) => {
  const page = await open(crew);
  const stops: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const focus = await focused(page);
    if (focus.name === undefined) break;
    expect(focus, focus.name).toMatchObject({ isInWindow: true, isCovered: false, isMarked: true });
    stops.push(focus.name);
  }
  expect(stops.length).toBeLessThan(MOST_STOPS);
  expect(stops.slice(0, 4)).toEqual(['Search', 'Dark colours', 'Help', 'Graph']);
  for (const name of [
    'Writer, agent, 2 calls',
    'Critic',
    'Zoom in',
    'Transcript',
    'details',
    'call',
    'Show more',
    'Play',
    'Show from',
    'Show to',
    'Playhead',
  ])
    expect(stops.filter((stop) => stop.startsWith(name)).length, name).toBeGreaterThan(0);
});

test('arrows go through the tabs', async ({ open }) => {
  const page = await open(crew);
  await listTab(page, 'Transcript').focus();
  await page.keyboard.press('ArrowRight');
  expect((await focused(page)).name).toBe('Calls');
  await page.getByRole('list', { name: 'Calls' }).waitFor();
  await page.keyboard.press('End');
  expect(await page.getByRole('tab', { selected: true }).last().textContent()).toBe(
    (await focused(page)).name,
  );
  await page.keyboard.press('ArrowRight');
  expect((await focused(page)).name).toBe('Transcript');
});

test('the focus goes into the drawer and comes back, and Escape undoes one thing after the other', async ({
  open,
}) => {
  const page = await open(crew);
  await agentNode(page, 'Writer').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show everybody' }).waitFor();
  const button = transcript(page).getByRole('button', { name: 'call', exact: true }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  await opened(page).waitFor();
  expect(await opened(page).evaluate((aside) => aside === document.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  expect((await focused(page)).name).toBe('Previous call');
  await page.keyboard.press('Escape');
  await opened(page).waitFor({ state: 'detached' });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => hashOf(page).has('agent')).toBe(false);
});

test('the focus is not lost with what has been pressed', async ({ open }) => {
  const page = await open(`${crew}#agent=writer`);
  await page.getByRole('button', { name: 'Show everybody' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await focused(page)).name).toBe('Transcript');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await focused(page)).name).toBe('Transcript');
});

test('j, k, n, p and e step through the calls, whatever is narrowed down', async ({ open }) => {
  const page = await open(crew);
  for (const [key, id] of [
    ['j', 'plan'],
    ['j', 'facts'],
    ['n', 'check'],
    ['p', 'facts'],
    ['k', 'plan'],
    ['e', 'timeout'],
    ['n', 'doubt'],
  ] as const) {
    await page.keyboard.press(key);
    await drawer(page, { id }).waitFor();
  }
  await page.keyboard.press('/');
  await page.keyboard.type('agent:writer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await drawer(page, { id: 'final' }).waitFor();
  await page.keyboard.press('k');
  await drawer(page, { id: 'draft' }).waitFor();
});

test('arrows move the window of time where nothing else has the focus', async ({ open }) => {
  const page = await open(`${crew}#from=0&to=${CREW_END / 2}`);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => Number(hashOf(page).get('from'))).toBeGreaterThan(0);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => Number(hashOf(page).get('from') ?? 0)).toBe(0);
});

test('nothing moves by itself for who wants that', async ({ open }) => {
  const page = await open(crew, { reducedMotion: 'reduce' });
  await page.keyboard.press('j');
  await opened(page).waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  const moving = await open(crew, { reducedMotion: 'no-preference' });
  await moving.keyboard.press('j');
  await opened(moving).waitFor();
  await search(moving).waitFor();
});

interface Focus {
  name: string | undefined;
  isInWindow: boolean;
  isCovered: boolean;
  isMarked: boolean;
}

/** What has the focus and whether it can be seen; without a name when nothing has. */
async function focused(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const hidden = { name: undefined, isInWindow: false, isCovered: false, isMarked: false };
    if (element === null || element === document.body) return hidden;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const above = document.elementFromPoint(x, y);
    // What has no frame of its own has something inside or around it that is marked.
    const marks = [element, element.parentElement, ...element.querySelectorAll('*')];
    return {
      name: element.getAttribute('aria-label') ?? element.textContent ?? '',
      isInWindow: x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
      isCovered: above === null || !(element.contains(above) || above.contains(element)),
      isMarked: marks.some((one) => one !== null && isMarked(one)),
    };
    function isMarked(one: Element): boolean {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      if (outlineStyle !== 'none' && outlineWidth !== '0px') return true;
      return one.matches(
        '.node:focus-visible, .node:focus-visible *, .search:focus-within, .brush-edge:focus-visible',
      );
    }
  });
}
