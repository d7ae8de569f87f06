import { expect } from 'vitest';
import { CREW_END, crewRun } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import {
  agentNode,
  boxOf,
  graph,
  hashOf,
  playhead,
  timeline,
  timelinePicture,
  transcript,
} from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const crew = writePage(temporaryFolder(), crewRun());
const counts = (page: Parameters<typeof graph>[0]) =>
  graph(page).locator('.node-agent .node-count').allTextContents();
const edge = (page: Parameters<typeof graph>[0], name: 'Show from' | 'Show to') =>
  page.getByRole('slider', { name });

test('the playhead takes graph and timeline back in time, by keys and by dragging', async ({ open }) => {
  const page = await open(crew);
  expect(await counts(page)).toEqual(['2', '2', '2', '2']);
  const before = await timelinePicture(page);
  await playhead(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => counts(page)).toEqual(['·', '·', '·', '·']);
  await expect.poll(() => timelinePicture(page)).not.toBe(before);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => playhead(page).inputValue()).not.toBe('0');
  const { left, right, bottom } = await boxOf(playhead(page));
  // To the middle of the draft, 15.5 s after the beginning.
  const x = left + 8 + ((right - left - 16) * 15_500) / CREW_END;
  const handle = left + 8;
  await page.mouse.move(handle, bottom - 6);
  await page.mouse.down();
  await page.mouse.move(x, bottom - 6, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => counts(page)).toEqual(['1', '2', '1', '·']);
  expect(await agentNode(page, 'Writer').getAttribute('class')).toContain('is-waiting');
  const moment = Number(await playhead(page).inputValue());
  expect(Math.abs(moment - 15_500)).toBeLessThan(300);
  // The URL follows once it rests, without a step for the back button.
  await expect.poll(() => hashOf(page).get('at')).toBe(String(moment));
  await page.keyboard.press('End');
  await expect.poll(() => counts(page)).toEqual(['2', '2', '2', '2']);
  await expect.poll(() => timelinePicture(page)).toBe(before);
  await expect.poll(() => hashOf(page).get('at')).toBeNull();
});

test('plays, pauses and goes on', async ({ open }) => {
  const page = await open(crew);
  await page.getByRole('button', { name: 'Play' }).click();
  const pause = page.getByRole('button', { name: 'Pause' });
  await pause.waitFor();
  await expect.poll(async () => Number(await playhead(page).inputValue())).toBeGreaterThan(500);
  await page.locator('body').press('Space');
  await page.getByRole('button', { name: 'Play' }).waitFor();
  const paused = Number(await playhead(page).inputValue());
  expect(paused).toBeLessThan(CREW_END);
  await page.locator('body').press('Space');
  await expect.poll(async () => Number(await playhead(page).inputValue())).toBeGreaterThan(paused);
});

test('the brush narrows the window of time, by dragging and by keys', async ({ open }) => {
  const page = await open(crew);
  const { left, right } = await boxOf(page.locator('.brush'));
  const handle = await boxOf(edge(page, 'Show to'));
  const y = (handle.top + handle.bottom) / 2;
  await page.mouse.move((handle.left + handle.right) / 2, y);
  await page.mouse.down();
  await page.mouse.move((left + right) / 2, y, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () =>
      Math.abs(Number(await edge(page, 'Show to').getAttribute('aria-valuenow')) - CREW_END / 2),
    )
    .toBeLessThan(400);
  // The lists follow: what was said in the second half is gone.
  await expect.poll(() => transcript(page).getByRole('listitem').count()).toBe(4);
  await edge(page, 'Show from').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => hashOf(page).get('from')).toBe(String(CREW_END * 0.02));
  // The window itself is dragged to the end.
  await page.mouse.move(left + (right - left) * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(right, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => hashOf(page).get('to')).toBe(String(CREW_END));
  await expect.poll(() => transcript(page).getByRole('listitem').count()).toBe(3);
  await page.keyboard.press('0');
  await expect.poll(() => hashOf(page).has('from')).toBe(false);
  await expect.poll(() => transcript(page).getByRole('listitem').count()).toBe(7);
});

test('zooms with buttons, keys and the wheel, pans by dragging, shows all again', async ({ open }) => {
  const page = await open(crew);
  const width = async () => {
    const [from, to] = await Promise.all(
      (['Show from', 'Show to'] as const).map((name) => edge(page, name).getAttribute('aria-valuenow')),
    );
    return Number(to) - Number(from);
  };
  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await expect.poll(width).toBe(CREW_END / 2);
  await page.keyboard.press('+');
  await expect.poll(width).toBe(CREW_END / 4);
  await page.keyboard.press('-');
  await expect.poll(width).toBe(CREW_END / 2);
  const { left, right, top } = await boxOf(timeline(page));
  const from = async () => Number(await edge(page, 'Show from').getAttribute('aria-valuenow'));
  const before = await from();
  await page.mouse.move(left + 50, top + 20);
  await page.mouse.down();
  await page.mouse.move(left + 50 + (right - left) / 4, top + 20, { steps: 4 });
  await page.mouse.up();
  expect(Math.abs((await from()) - (before - CREW_END / 8))).toBeLessThan(100);
  // A drag is no click.
  expect(hashOf(page).has('call')).toBe(false);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeLessThan(CREW_END / 2);
  await page.mouse.dblclick(left + 4, top + 4);
  await expect.poll(width).toBe(CREW_END);
});
