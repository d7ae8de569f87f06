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
  graphTab,
  listTab,
  opened,
  search,
  searchResult,
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
  for (const part of [transcript(page), graph(page), agents(page).getByRole('rowheader')])
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
  const groups = texts.flatMap((_, place) => (place % 4 === 0 ? [texts.slice(place, place + 4)] : []));
  const page = await open(writePage(logs, groups.map(hostileRun), 'fields.html'));
  const picker = page.getByRole('combobox', { name: 'Run' });
  for (const [place, group] of groups.entries()) {
    await picker.selectOption({ index: place });
    await expect.poll(() => page.locator('.run-id').textContent()).toBe(group[0]);
    for (const _ of group) {
      await page.keyboard.press('j');
      await opened(page).getByText('Raw JSON').click();
    }
    await page.keyboard.press('d');
    await page.keyboard.press('Escape');
    await graphTab(page, 'Matrix').click();
    await listTab(page, 'Calls').click();
    await callList(page).waitFor();
    await listTab(page, 'Record').click();
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

/** A run in whose fields these texts stand, each in all that are an agent's, the first in those that are the run's. */
function hostileRun(texts: readonly string[]): RunTree {
  const [text = ''] = texts;
  const { run, audit } = crewRun(text, text);
  const totals = { calls: 1, attempts: 1, errors: 1, input_tokens: 0, output_tokens: 0, unpriced_calls: 1 };
  const at = '2026-11-22T09:00:00.000Z';
  return {
    schema_version: 1,
    run: {
      ...run,
      status: 'failed',
      error: { type: text, code: text, message: text },
      metadata: { [text]: text },
      totals,
    },
    agents: texts.map((one) => ({ id: one, name: one, role: one, totals, calls: [hostileCall(one, at)] })),
    messages: texts.map((one) => ({
      id: one,
      from: one,
      to: `${one} too`,
      at,
      content: one,
      status: 'handled',
    })),
    logs: texts.map((one) => ({ at, level: one, message: one, fields: { [one]: one }, agent_id: one })),
    steps: texts.map((one) => ({ id: one, name: one, at, status: 'error', value: one, agent_id: one })),
    orphans: texts.map((one) => ({ [one]: one })),
    audit,
  };
}

function hostileCall(text: string, at: string): CallNode {
  const error = { type: text, code: text, message: text };
  return {
    id: text,
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
    // The graph's own links are searches of this page.
    await page
      .locator('#app')
      .locator('script, style, img, iframe, a:not([href^="#"]), [onload], [onerror]')
      .count(),
  ).toBe(0);
}
