import { expect } from 'vitest';
import { crewRun, DEEP_WORD } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import {
  agentNode,
  drawer,
  graphTab,
  hashOf,
  listTab,
  opened,
  playhead,
  search,
  searchResult,
  transcript,
} from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const folder = temporaryFolder();
const crew = writePage(folder, crewRun());
const two = writePage(folder, [crewRun('one', 'First run'), crewRun('two', 'Second run')], 'two.html');

test('searches for words, fields and numbers, and says what it did not understand', async ({ open }) => {
  const page = await open(crew);
  await page.keyboard.press('/');
  expect(await search(page).evaluate((input) => input === document.activeElement)).toBe(true);
  for (const [typed, found] of [
    ['register', '3 of 8 calls'],
    ['agent:writer', '2 of 8 calls'],
    ['status:error', '1 of 8 calls'],
    ['tool:read_register', '1 of 8 calls'],
    ['attempts>1', '1 of 8 calls'],
    ['duration>8s -draft', '1 of 8 calls'],
    ['"the register of the town"', '1 of 8 calls'],
    ['cost>lots', 'cost needs a number, such as cost>1'],
    ['no-such-word', '0 of 8 calls'],
  ] as const) {
    await search(page).fill(typed);
    await expect.poll(() => searchResult(page).textContent(), { message: typed }).toBe(found);
  }
  await search(page).press('Escape');
  expect(await search(page).inputValue()).toBe('');
  await search(page).press('Escape');
  // Keys are commands again.
  await page.keyboard.press('j');
  await opened(page).waitFor();
});

test('finds a word that stands only deep in what was said', async ({ open }) => {
  const page = await open(`${crew}#q=${DEEP_WORD}`);
  expect(await search(page).inputValue()).toBe(DEEP_WORD);
  await expect.poll(() => searchResult(page).textContent()).toBe('1 of 8 calls');
  expect(await transcript(page).getByRole('listitem').count()).toBe(1);
  await search(page).fill(`${DEEP_WORD} agent:critic`);
  await expect.poll(() => searchResult(page).textContent()).toBe('0 of 8 calls');
});

test('the URL shows the same in a new window', async ({ open }) => {
  const page = await open(crew);
  await agentNode(page, 'Writer').locator('.node-body').click();
  await listTab(page, 'Calls').click();
  await graphTab(page, 'Matrix').click();
  await page.keyboard.press('/');
  await page.keyboard.type('bridge -critic');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await playhead(page).focus();
  await page.keyboard.press('PageDown');
  await page.locator('body').press('j');
  await page.keyboard.press('d');
  await opened(page).waitFor();
  await expect
    .poll(() => [...hashOf(page).keys()].sort())
    .toEqual(['agent', 'at', 'call', 'diff', 'from', 'graph', 'list', 'q', 'to']);
  const other = await open(`${crew}${new URL(page.url()).hash}`);
  await opened(other).waitFor();
  for (const part of ['main', '.top-bar', '.drawer', '.overview'])
    await expect
      .poll(() => other.locator(part).textContent(), { message: part })
      .toBe(await page.locator(part).textContent());
  expect(await playhead(other).inputValue()).toBe(await playhead(page).inputValue());
  expect(await search(other).inputValue()).toBe('bridge -critic');
});

test('back and forward go through what was looked at', async ({ open }) => {
  const page = await open(crew);
  await agentNode(page, 'Writer').locator('.node-body').click();
  await transcript(page).getByRole('button', { name: 'call', exact: true }).first().click();
  await drawer(page, { id: 'facts' }).waitFor();
  await page.goBack();
  await opened(page).waitFor({ state: 'detached' });
  expect(await agentNode(page, 'Writer').getAttribute('aria-pressed')).toBe('true');
  await page.goBack();
  await expect.poll(() => agentNode(page, 'Writer').getAttribute('aria-pressed')).toBe('false');
  await page.goForward();
  await page.goForward();
  await drawer(page, { id: 'facts' }).waitFor();
});

test('a page of several runs shows the one that is chosen, linked to or gone back to', async ({ open }) => {
  const page = await open(two);
  const picker = page.getByRole('combobox', { name: 'Run' });
  expect(await picker.inputValue()).toBe('one');
  await agentNode(page, 'Critic').locator('.node-body').click();
  await picker.selectOption('two');
  await expect.poll(() => picker.inputValue()).toBe('two');
  await expect.poll(() => agentNode(page, 'Critic').getAttribute('aria-pressed')).toBe('false');
  await agentNode(page, 'Writer').locator('.node-body').click();
  await expect.poll(() => hashOf(page).toString()).toBe('run=two&agent=writer');
  const other = await open(`${two}#run=two&agent=writer`);
  expect(await other.getByRole('combobox', { name: 'Run' }).inputValue()).toBe('two');
  await page.goBack();
  await page.goBack();
  await expect.poll(() => picker.inputValue()).toBe('one');
  await expect.poll(() => agentNode(page, 'Critic').getAttribute('aria-pressed')).toBe('true');
  await page.goForward();
  await expect.poll(() => picker.inputValue()).toBe('two');
});

test('a link to what is not there shows the rest', async ({ open }) => {
  const page = await open(
    `${crew}#run=x&agent=nobody&call=none&message=%00&at=-5&from=9e99&to=-1&q=%E0%A4%A&graph=pie&x`,
  );
  await agentNode(page, 'Writer').waitFor();
  expect(await opened(page).count()).toBe(0);
});
