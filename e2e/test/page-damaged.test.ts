import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunTree } from '@pd/call-log/schema';
import { expect } from 'vitest';
import { crewRun, DEEP_WORD } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import {
  agentNode,
  callList,
  drawer,
  listTab,
  opened,
  search,
  searchResult,
  timeline,
  transcript,
} from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const folder = temporaryFolder();
const whole = readFileSync(writePage(folder, [crewRun('one', 'First'), crewRun('two', 'Second')]), 'utf8');

/** The elements that hold a run's data: its columns, its calls, its messages. */
const blocks = [...whole.matchAll(/<script[^>]* id="(run-\d+-\d+)">([^<]*)<\/script>/g)];
const blockOf = (id: string) => blocks.find(([, found]) => found === id)?.[0] ?? `no ${id}`;

function damaged(name: string, html: string): string {
  expect(html).not.toBe(whole);
  const file = join(folder, `${name}.html`);
  writeFileSync(file, html);
  return file;
}

test('a file that is torn in the middle says so', async ({ open }) => {
  // In its data, and in its script.
  for (const end of [whole.indexOf('run-0-1') + 400, whole.length - 5_000]) {
    const page = await open(damaged('torn', whole.slice(0, end)));
    await page.getByText('the file is incomplete').waitFor();
  }
});

for (const [name, change] of [
  ['missing', () => ''],
  ['cut short', (block: string) => block.replace(/[^>]{40}<\/script>$/, '</script>')],
  ['of other bytes', (block: string) => block.replace(/>[^<]{60}/, `>${'A'.repeat(60)}`)],
  ['no base64', (block: string) => block.replace(/>[^<]{8}/, '>********')],
] as const) {
  test(`calls that are ${name} are missed where they are opened, all else is there`, async ({ open }) => {
    const block = blockOf('run-0-1');
    const page = await open(damaged('calls', whole.replace(block, change(block))));
    await agentNode(page, 'Writer').waitFor();
    await timeline(page).waitFor();
    // What a message says that is a reply stands with its call; its beginning is at hand.
    await expect.poll(() => transcript(page).getByRole('listitem').allTextContents()).toHaveLength(7);
    expect(await transcript(page).textContent()).toContain('It carries the road');
    await page.keyboard.press('j');
    await expect
      .poll(() => drawer(page, { id: 'plan' }).getByRole('alert').textContent())
      .toMatch(/damaged|incomplete/);
    await listTab(page, 'Calls').click();
    expect(await callList(page).getByRole('button').count()).toBe(8);
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await expect.poll(() => drawer(page, { id: 'facts' }).getByRole('alert').count()).toBe(1);
    await page.keyboard.press('Escape');
    await opened(page).waitFor({ state: 'detached' });
    await search(page).fill(DEEP_WORD);
    await expect
      .poll(() => searchResult(page).textContent())
      .toContain('1 part of this document cannot be read');
    await search(page).fill('agent:critic');
    await expect.poll(() => searchResult(page).textContent()).toBe('2 of 8 calls');
  });
}

test('a run whose columns are damaged says so, and the others can be chosen', async ({ open }) => {
  const block = blockOf('run-0-0');
  const page = await open(
    damaged('columns', whole.replace(block, block.replace(/>[^<]{60}/, `>${'A'.repeat(60)}`))),
  );
  const picker = page.getByRole('combobox', { name: 'Run' });
  expect(await picker.inputValue()).toBe('two');
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('damaged');
  await agentNode(page, 'Writer').locator('.node-body').click();
  await picker.selectOption('one');
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('run-0-0');
});

test('without any run that can be read there is a sentence', async ({ open }) => {
  const page = await open(
    damaged('nothing', whole.replace(blockOf('run-0-0'), '').replace(blockOf('run-1-0'), '')),
  );
  await expect.poll(() => page.locator('#app').textContent()).toMatch(/could not be opened.*incomplete/);
});

test('a run that is still going shows what is known of it', async ({ open }) => {
  const page = await open(writePage(folder, unfinished('running', 'open'), 'running.html'));
  expect(await page.locator('.pill').textContent()).toBe('running');
  await page.keyboard.press('j');
  const call = drawer(page, { id: 'plan' });
  await expect.poll(() => call.textContent()).toContain('No reply on record');
  expect(await call.locator('.badge').first().textContent()).toMatch(/open|going/);
});

test('a run that was interrupted says which call was', async ({ open }) => {
  const page = await open(writePage(folder, unfinished('interrupted', 'interrupted'), 'interrupted.html'));
  expect(await page.locator('.pill').textContent()).toBe('interrupted');
  await search(page).fill('status:interrupted');
  await expect.poll(() => searchResult(page).textContent()).toBe('1 of 1 call');
});

/** The crew's run at its first call. */
function unfinished(status: 'running' | 'interrupted', callStatus: 'open' | 'interrupted'): RunTree {
  const { run, agents, messages, ...rest } = crewRun(status);
  const { ended_at: _, ...begun } = run;
  return {
    ...rest,
    run: { ...begun, status },
    agents: agents.slice(0, 2).map((agent) => ({
      ...agent,
      calls: agent.calls.slice(0, 1).map(({ post: _, ended_at, duration_ms, usage, cost_usd, ...call }) => ({
        ...call,
        status: callStatus,
        attempts: call.attempts.map(({ ended_at, duration_ms, ...attempt }) => ({
          ...attempt,
          status: callStatus,
        })),
      })),
    })),
    messages: messages.slice(0, 1),
  };
}
