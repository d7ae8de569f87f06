import { beforeAll, expect } from 'vitest';
import { CREW_CALLS, type CrewCall, crewRun, DEEP_WORD } from '../src/crew-run.ts';
import { type DemoRun, runDemo } from '../src/demo.ts';
import { test } from '../src/page-test.ts';
import {
  agentNode,
  agents,
  barOf,
  boxOf,
  brightness,
  callList,
  drawer,
  graph,
  graphTab,
  hashOf,
  listTab,
  opened,
  timelinePicture,
  transcript,
} from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const folder = temporaryFolder();
const tree = crewRun();
let demo: DemoRun;
let crew: string;
beforeAll(async () => {
  crew = writePage(folder, tree);
  demo = await runDemo(folder, '--turns', '4');
});

test('shows every agent of a demo run inside the window', async ({ open }) => {
  const page = await open(demo.page);
  expect(await graph(page).getByRole('button').count()).toBe(demo.agents.length);
  for (const { id, name = id } of demo.agents) {
    const { left, top, right, bottom } = await boxOf(agentNode(page, name));
    expect(Math.min(right - left, bottom - top), name).toBeGreaterThan(10);
    expect(Math.min(left, top), name).toBeGreaterThanOrEqual(0);
    expect(right, name).toBeLessThanOrEqual(1440);
    expect(bottom, name).toBeLessThanOrEqual(900);
  }
});

test('shows every message of a demo run in full and in order', async ({ open }) => {
  const page = await open(demo.page);
  const said = transcript(page).getByRole('listitem');
  await expect
    .poll(() => said.allTextContents())
    .toEqual(demo.messages.map(({ content }) => expect.stringContaining(content)));
});

test('opens a call where its bar is on the timeline, and nothing where there is none', async ({ open }) => {
  const page = await open(crew);
  await page.mouse.click(...(await barOf(page, 'Writer', crewCall('final'))));
  await expect
    .poll(() => drawer(page, { id: 'final' }).textContent())
    .toContain('says the register of the town');
  await page.mouse.click(...(await barOf(page, 'Writer', { ...crewCall('final'), start: 0, end: 2_000 })));
  await opened(page).waitFor({ state: 'detached' });
});

test('tells what the pointer is on', async ({ open }) => {
  const page = await open(crew);
  await page.mouse.move(...(await barOf(page, 'Critic', crewCall('timeout'))));
  await expect.poll(() => page.locator('.tip').textContent()).toMatch(/Critic.*error · 2 s/);
  await page.mouse.move(0, 0);
  await page.locator('.tip').waitFor({ state: 'detached' });
});

test('opens a call from the transcript, and a message that no call made', async ({ open }) => {
  const page = await open(crew);
  await transcript(page).getByRole('button', { name: 'call', exact: true }).last().click();
  await expect.poll(() => drawer(page, { id: 'done' }).textContent()).toContain('Here is the text');
  await page.keyboard.press('Escape');
  await transcript(page).getByRole('button', { name: 'details' }).click();
  await expect.poll(() => opened(page).textContent()).toContain('Write about the bridge.');
});

test('opens a call from the list of calls', async ({ open }) => {
  const page = await open(crew);
  await listTab(page, 'Calls').click();
  const rows = callList(page).getByRole('button');
  expect(await rows.count()).toBe(CREW_CALLS.length);
  await rows.filter({ hasText: '✕ error' }).click();
  await expect.poll(() => drawer(page, { id: 'timeout' }).textContent()).toContain('socket hang up');
});

test('shows attempts, tool calls and the raw JSON of a call', async ({ open }) => {
  const page = await open(`${crew}#call=facts`);
  const attempts = drawer(page, { id: 'facts' }).getByRole('row');
  await expect.poll(() => attempts.count()).toBe(3);
  expect(await attempts.nth(1).textContent()).toMatch(/error.*429/);
  expect(await attempts.nth(2).textContent()).toMatch(/ok.*200.*500 ms.*3.5 s/);
  await page.keyboard.press('j');
  const check = drawer(page, { id: 'check' });
  await expect.poll(() => check.textContent()).toContain('read_register');
  await check.getByText('Raw JSON').click();
  const call = tree.agents.flatMap(({ calls }) => calls).find(({ id }) => id === 'check');
  expect(JSON.parse((await check.locator('details[open] pre').textContent()) ?? '')).toEqual(call);
});

test('shows how a request differs from the one before, and takes the reader there', async ({ open }) => {
  const page = await open(`${crew}#call=final`);
  await drawer(page, { id: 'final' }).getByText('2 earlier messages').waitFor();
  await page.keyboard.press('d');
  await drawer(page, { id: 'final' }).getByText('2 messages as before').waitFor();
  expect(await page.locator('.is-added').textContent()).toContain('Mend it');
  await page.getByRole('button', { name: 'compared with call draft' }).click();
  await expect.poll(() => drawer(page, { id: 'draft' }).textContent()).toContain("the agent's first call");
  await page.keyboard.press('d');
  await drawer(page, { id: 'draft' }).getByText('Write a draft.').waitFor();
});

test('shows what concerns one agent when its node or its row is chosen', async ({ open }) => {
  const page = await open(crew);
  const everybody = page.getByRole('button', { name: 'Show everybody' });
  const said = transcript(page).getByRole('listitem');
  for (const button of [agentNode(page, 'Writer'), agents(page).getByRole('button', { name: 'Writer' })]) {
    await button.press('Enter');
    await everybody.waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await said.count()).toBe(4);
    await everybody.click();
    await everybody.waitFor({ state: 'detached' });
    expect(await said.count()).toBe(7);
  }
});

test('changes to the matrix and back without losing the selection', async ({ open }) => {
  const page = await open(crew);
  await agentNode(page, 'Writer').locator('.node-body').click();
  await graphTab(page, 'Matrix').click();
  await page.getByRole('group', { name: 'Matrix of agents' }).focus();
  const cell = page.locator('.matrix').getByRole('status');
  const seen = new Set<string | null>();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) {
    await page.keyboard.press(key);
    await expect.poll(() => cell.textContent()).toMatch(/^\w+ to \w+: /);
    seen.add(await cell.textContent());
  }
  expect(seen.size).toBe(3);
  await graphTab(page, 'Graph').click();
  expect(await agentNode(page, 'Writer').getAttribute('aria-pressed')).toBe('true');
  expect(hashOf(page).get('agent')).toBe('writer');
});

test('a long text is folded until somebody wants it', async ({ open }) => {
  const page = await open(crew);
  const draft = transcript(page).getByRole('listitem').nth(3);
  const more = draft.getByRole('button', { name: 'Show more' });
  await more.waitFor();
  expect(await draft.textContent()).not.toContain(DEEP_WORD);
  await more.click();
  expect(await draft.textContent()).toContain(DEEP_WORD);
});

test('begins in the colours of the system and changes them', async ({ open }) => {
  const page = await open(crew, { colorScheme: 'light' });
  const light = await brightness(page);
  const dark = await brightness(await open(crew, { colorScheme: 'dark' }));
  expect(light - dark).toBeGreaterThan(128);
  const canvas = () => timelinePicture(page);
  const drawn = await canvas();
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await page.getByRole('button', { name: 'Light colours' }).waitFor();
  // The button's label may change a moment before the colours do.
  await expect.poll(() => brightness(page)).toBe(dark);
  await expect.poll(canvas).not.toBe(drawn);
  await page.keyboard.press('t');
  await expect.poll(() => brightness(page)).toBe(light);
  await expect.poll(canvas).toBe(drawn);
});

function crewCall(id: string): CrewCall {
  const call = CREW_CALLS.find((one) => one.id === id);
  if (call === undefined) throw new Error(`the crew has no call ${id}`);
  return call;
}
