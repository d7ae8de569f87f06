import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallNode, RunTree } from '@pd/call-log/schema';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { crewRun } from '../src/crew-run.ts';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { HOSTILE_CONVERSATION, HOSTILE_SPEAKERS } from '../src/hostile-conversation.ts';
import { test } from '../src/page-test.ts';
import {
  agents,
  callList,
  graph,
  opened,
  search,
  searchResult,
  tab,
  timeline,
  transcript,
} from '../src/run-page.ts';
import { screenshot } from '../src/screenshot.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

/** What agents could say to be more than text. */
const CONVERSATION = [
  { name: 'user', content: '</script><script>window.pwned = 1</script>' },
  { name: '__proto__', content: '<img src=x onerror="window.pwned = 1">' },
  { name: '<b>x</b>', content: '"><svg onload="window.pwned = 1"></svg>' },
  { name: 'constructor', content: '<!-- <script> \u202egnp.elif\u2028 {{window.pwned = 1}}' },
  {
    name: '"><script>window.pwned = 1</script>',
    content: '--> ]]> &lt;b&gt; <style>*{display:none}</style>',
  },
  { name: '__proto__', content: '[click](javascript:window.pwned=1) <a href="javascript:window.pwned=1">' },
  { name: 'toString', content: "</title></style></textarea><iframe src='https://example.com'></iframe>" },
];

const logs = temporaryFolder();
let run: DemoRun;
beforeAll(async () => {
  const script = join(logs, 'hostile.conversation');
  await writeFile(script, JSON.stringify(CONVERSATION));
  run = await runDemo(logs, '--script', script);
});

test('what agents say stays text', async ({ open }) => {
  const page = await open(run.page);
  // A direction override is shown, not obeyed.
  const written = CONVERSATION.map(({ content }) => content.replace('\u202e', '⟦U+202E⟧'));
  await expect
    .poll(() => transcript(page).getByRole('listitem').allTextContents())
    .toEqual(written.map((content) => expect.stringContaining(content)));
  await screenshot(page, 'hostile');
  await expectOnlyText(page);
});

test('what agents are called stays text', async ({ open }) => {
  const page = await open(run.page);
  const names = new Set(CONVERSATION.map(({ name }) => name));
  const nodes = graph(page).getByRole('button');
  expect(await nodes.count()).toBe(names.size);
  for (const name of names)
    await graph(page)
      .getByRole('button', { name: `${name}, ` })
      .waitFor();
  await expectOnlyText(page);
});

test('nothing of it runs wherever a reader looks', async ({ open }) => {
  const page = await open(run.page);
  for (const part of [transcript(page), graph(page), agents(page)])
    for (const button of await part.getByRole('button').all()) {
      await button.press('Enter');
      await opened(page)
        .or(page.getByRole('button', { name: 'Show everybody' }))
        .first()
        .waitFor();
      await expectOnlyText(page);
      await page.keyboard.press('Escape');
    }
});

test('whatever a field of a log holds is text wherever it is shown', async ({ open }) => {
  const texts = [...new Set(HOSTILE_CONVERSATION.map(({ content }) => content))];
  expect(texts).toHaveLength(HOSTILE_SPEAKERS);
  const page = await open(writePage(logs, texts.map(hostileRun), 'fields.html'));
  const picker = page.getByRole('combobox', { name: 'Run' });
  expect(await picker.locator('option').count()).toBe(texts.length);
  for (const place of texts.keys()) {
    await picker.selectOption({ index: place });
    await expect
      .poll(() => picker.evaluate(({ selectedIndex }: HTMLSelectElement) => selectedIndex))
      .toBe(place);
    await timeline(page).waitFor();
    await page.keyboard.press('j');
    await opened(page).getByText('Raw JSON').click();
    await page.keyboard.press('d');
    await page.keyboard.press('Escape');
    await tab(page, 'Matrix').click();
    await tab(page, 'Calls').click();
    await callList(page).waitFor();
    await tab(page, 'Record').click();
    await expectOnlyText(page);
  }
});

test('whatever is searched for or linked to is text', async ({ open }) => {
  const page = await open(writePage(logs, crewRun(), 'crew.html'));
  const texts = [...new Set(HOSTILE_CONVERSATION.map(({ content }) => content.replaceAll(/[\r\n]/g, ' ')))];
  for (const text of texts) {
    await search(page).fill(text);
    await expect.poll(() => searchResult(page).textContent()).not.toBe('');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#run=${text}&agent=${text}&call=${text}&q=${text}&at=${text}&graph=${text}`);
    await expectOnlyText(page);
  }
  await page.evaluate(() => {
    location.hash = '';
  });
  await expect.poll(() => transcript(page).getByRole('listitem').count()).toBe(7);
});

test('ten million letters on one line do not stop the page', async ({ open }) => {
  const line = `<b>${'x'.repeat(10_000_000)}`;
  const { agents: all, messages, ...rest } = crewRun('long');
  const page = await open(
    writePage(
      logs,
      {
        ...rest,
        agents: all.map((agent) => ({
          ...agent,
          calls: agent.calls.map((call) => (call.id === 'plan' ? withReply(call, line) : call)),
        })),
        messages: messages.map((message) =>
          message.call_id === 'plan' ? { ...message, content: line } : message,
        ),
      },
      'long.html',
    ),
  );
  await page.keyboard.press('j');
  await expect.poll(() => opened(page).textContent()).toContain('10,000,003 characters');
  await page.keyboard.press('j');
  await expect.poll(() => opened(page).textContent()).toContain('Find the facts.');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
  await expectOnlyText(page);
});

/** A run every text of which is this one, ids included. */
function hostileRun(text: string, place: number): RunTree {
  const { run, audit } = crewRun(`${text}${place}`, text);
  const totals = { calls: 2, attempts: 2, errors: 1, input_tokens: 0, output_tokens: 0, unpriced_calls: 2 };
  const at = '2026-11-22T09:00:00.000Z';
  const error = { type: text, code: text, message: text };
  const call = (id: string): CallNode => ({
    id,
    operation: 'chat',
    status: 'error',
    agent_source: 'explicit',
    started_at: at,
    ended_at: '2026-11-22T09:00:01.000Z',
    duration_ms: 1_000,
    pre: {
      provider: text,
      model: text,
      messages: [{ role: 'user', content: text, name: text }],
      parameters: { [text]: text },
      tools: [{ [text]: text }],
      metadata: { [text]: text },
    },
    post: { id: text, model: text, message: { role: 'assistant', content: text }, finish_reason: 'stop' },
    error,
    attempts: [{ number: 1, provider: text, model: text, started_at: at, status: 'error', error }],
    tool_calls: [{ id: text, name: text, arguments: text, result: { [text]: text }, status: text }],
  });
  return {
    schema_version: 1,
    run: { ...run, status: 'failed', error, metadata: { [text]: text }, totals },
    agents: [{ id: text, name: text, role: text, totals, calls: [call(text), call(`${text} again`)] }],
    messages: [{ id: text, from: text, to: `${text} too`, at, content: text, status: 'handled' }],
    logs: [{ at, level: text, message: text, fields: { [text]: text }, agent_id: text }],
    steps: [{ id: text, name: text, at, status: 'error', error, agent_id: text }],
    orphans: [{ [text]: text }],
    audit,
  };
}

function withReply(call: CallNode, content: string): CallNode {
  return {
    ...call,
    post: { ...call.post, message: { role: 'assistant', content } } as CallNode['post'] & object,
  };
}

async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'pwned'))).toBeUndefined();
  expect(
    await page.locator('#app').locator('script, style, img, iframe, a, [onload], [onerror]').count(),
  ).toBe(0);
}
