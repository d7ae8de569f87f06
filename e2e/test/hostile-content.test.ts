import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import { graph, timeline, transcript } from '../src/run-page.ts';
import { screenshot } from '../src/screenshot.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

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
  const said = await transcript(page).getByRole('listitem').allTextContents();
  // A direction override is shown, not obeyed.
  const written = CONVERSATION.map(({ content }) => content.replace('\u202e', '⟦U+202E⟧'));
  expect(said).toEqual(written.map((content) => expect.stringContaining(content)));
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
  for (const part of [timeline(page), transcript(page), graph(page)])
    for (const button of await part.getByRole('button').all()) {
      await button.click();
      await page
        .getByRole('complementary')
        .or(page.getByRole('button', { name: 'Show everybody' }))
        .first()
        .waitFor();
      await expectOnlyText(page);
      await page.keyboard.press('Escape');
    }
});

async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'pwned'))).toBeUndefined();
  expect(
    await page.locator('#app').locator('script, style, img, iframe, a, [onload], [onerror]').count(),
  ).toBe(0);
}
