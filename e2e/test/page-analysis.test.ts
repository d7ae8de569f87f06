import { basename, join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import { drawer } from '../src/run-page.ts';
import { runVisualizer } from '../src/run-visualizer.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const logs = temporaryFolder();
let run: DemoRun;
let runs: string;
beforeAll(async () => {
  run = await runDemo(logs, '--turns', '4');
  const second = await runDemo(logs, '--scenario', 'debate');
  const written = await runVisualizer(logs, 'html', run.page.replace(/html$/, 'jsonl'), idOf(second.page));
  runs = written.trimEnd();
}, 120_000);

const idOf = (page: string) => basename(page, '.html');

test('shows where the time went, and opens the calls that it names', async ({ open }) => {
  const page = await open(run.page);
  await page.getByRole('tab', { name: 'Analysis' }).click();
  const slowest = page.getByRole('region', { name: 'Slowest calls' });
  await expect.poll(() => slowest.getByRole('button').count()).toBe(run.calls.length);
  await slowest.getByRole('button').first().click();
  const id = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('call') ?? '';
  expect(run.calls.map((call) => call.id)).toContain(id);
  await drawer(page, { id }).waitFor();
});

test('draws the critical path into the timeline, and a link says so', async ({ open }) => {
  const page = await open(run.page);
  await page.getByRole('tab', { name: 'Analysis' }).click();
  const canvas = page.getByRole('img', { name: 'Calls over time' });
  const before = await canvas.screenshot();
  await page.getByRole('button', { name: 'Show it in the timeline' }).click();
  await page.getByRole('button', { name: 'Hide it in the timeline' }).waitFor();
  expect(new URL(page.url()).hash).toContain('path=1');
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false);
});

test('has several runs to choose from, and a link to each', async ({ open }) => {
  expect(basename(runs)).toBe('runs.html');
  const page = await open(join(logs, basename(runs)));
  const picker = page.getByRole('combobox', { name: 'Run' });
  expect(await picker.getByRole('option').count()).toBe(2);
  const second = (await picker.getByRole('option').last().getAttribute('value')) ?? '';
  await picker.selectOption(second);
  await page.getByRole('button', { name: 'judge' }).first().waitFor();
  expect(new URL(page.url()).hash).toBe(`#run=${second}`);
});
