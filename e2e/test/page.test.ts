import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { type DemoRun, type RecordedCall, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import { boxOf, brightness, drawer, graph, timeline, transcript } from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const logs = temporaryFolder();
let run: DemoRun;
beforeAll(async () => {
  run = await runDemo(logs, '--turns', '4');
});

test('shows every agent inside the window', async ({ open }) => {
  const page = await open(run.page);
  expect(await graph(page).getByRole('button').count()).toBe(run.agents.length);
  for (const { id, name = id } of run.agents) {
    const { left, top, right, bottom } = await boxOf(graph(page).getByRole('button', { name: `${name}, ` }));
    expect(Math.min(right - left, bottom - top), name).toBeGreaterThan(10);
    expect(Math.min(left, top), name).toBeGreaterThanOrEqual(0);
    expect(right, name).toBeLessThanOrEqual(1440);
    expect(bottom, name).toBeLessThanOrEqual(900);
  }
});

test('shows every message in full and in order', async ({ open }) => {
  const page = await open(run.page);
  const said = await transcript(page).getByRole('listitem').allTextContents();
  expect(said).toEqual(run.messages.map(({ content }) => expect.stringContaining(content)));
});

test('opens a call from the timeline', async ({ open }) => {
  const page = await open(run.page);
  const bars = timeline(page).getByRole('button');
  expect(await bars.count()).toBe(run.calls.length);
  await bars.first().click();
  await expectDetails(page, callOf(run.agents.find(({ calls }) => calls.length > 0)?.calls, 0));
});

test('opens a call from the transcript', async ({ open }) => {
  const page = await open(run.page);
  await transcript(page).getByRole('button', { name: 'call', exact: true }).last().click();
  await expectDetails(page, callOf(run.calls, -1));
});

test('steps through the calls with j and k and closes with Escape', async ({ open }) => {
  const page = await open(run.page);
  const [first, second] = [callOf(run.calls, 0), callOf(run.calls, 1)];
  for (const [key, call] of [
    ['j', first],
    ['j', second],
    ['k', first],
  ] as const) {
    await page.keyboard.press(key);
    await drawer(page, call).waitFor();
  }
  await page.keyboard.press('Escape');
  await drawer(page, first).waitFor({ state: 'detached' });
});

test('shows what concerns one agent when its node is clicked', async ({ open }) => {
  const page = await open(run.page);
  await graph(page).getByRole('button', { name: 'user, ' }).click();
  const everybody = page.getByRole('button', { name: 'Show everybody' });
  await everybody.waitFor();
  const ofUser = run.messages.filter(({ from, to }) => from === 'user' || to === 'user');
  expect(await transcript(page).getByRole('listitem').count()).toBe(ofUser.length);
  await everybody.click();
  await everybody.waitFor({ state: 'detached' });
  expect(await transcript(page).getByRole('listitem').count()).toBe(run.messages.length);
});

test('begins in the colours of the system and changes them', async ({ open }) => {
  const page = await open(run.page, { colorScheme: 'light' });
  const light = await brightness(page);
  const dark = await brightness(await open(run.page, { colorScheme: 'dark' }));
  expect(light - dark).toBeGreaterThan(128);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await page.getByRole('button', { name: 'Light colours' }).waitFor();
  // The button's label may change a moment before the colours do.
  await expect.poll(() => brightness(page)).toBe(dark);
  await page.getByRole('button', { name: 'Light colours' }).click();
  await page.getByRole('button', { name: 'Dark colours' }).waitFor();
  await expect.poll(() => brightness(page)).toBe(light);
});

async function expectDetails(page: Page, call: RecordedCall): Promise<void> {
  const text = await drawer(page, call).textContent();
  for (const { content } of [...call.pre.messages, call.post.message]) expect(text).toContain(content);
}

function callOf(calls: readonly RecordedCall[] | undefined, index: number): RecordedCall {
  const call = calls?.at(index);
  if (call === undefined) throw new Error(`the run has no call ${index}`);
  return call;
}
