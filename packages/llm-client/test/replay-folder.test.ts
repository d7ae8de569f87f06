import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { expect, it } from 'vitest';
import {
  createLLMClient,
  EmptyCassetteError,
  type LLMClient,
  NoContentError,
  type Replay,
} from '../src/index.ts';
import { useRecordings } from './recording.ts';

const { record, dir } = useRecordings();

const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const asking =
  (...questions: string[]) =>
  async (client: LLMClient) => {
    for (const each of questions) await client.chat(ask(each));
  };
/** A run of two others, one after the other. */
const both = asking('one', 'same', 'two', 'same');

it('a list of runs, or the folder that they are in, answers what any of them can', async () => {
  await using server = await startOfflineServer();
  const first = await record({ baseURL: server.url }, asking('one', 'same'));
  const second = await record({ baseURL: server.url }, asking('two', 'same'));
  const whole = await record({ baseURL: server.url }, both, { dir: join(dir(), 'whole') });
  const requests = server.totals.requests;
  const out = { dir: join(dir(), 'replayed') };
  for (const replay of [
    [first.path, second.path],
    [second.path, first.path.replace('.jsonl', '')],
    dir(),
    `${dir()}/`,
    [dir(), first.path],
    { path: [first.path, second.path], timing: 'none' },
  ] satisfies Replay[]) {
    const { tree } = await record({ replay }, both, out);
    expect(canonicalTree(tree)).toEqual(canonicalTree(whole.tree));
  }
  expect(server.totals.requests).toBe(requests);
  // Named twice, it is still one run.
  const twice = createLLMClient({ model: 'stand-in-1', replay: [first.path, first.path] });
  await expect(twice.chat(ask('nobody asked'))).rejects.toThrow(
    new RegExp(`${first.path} \\(and 1 more\\) has no answer`),
  );
});

it('a run beside its folder of segments is that run', async () => {
  await using server = await startOfflineServer();
  const { path, tree } = await record({ baseURL: server.url }, asking('one'));
  const base = path.replace('.jsonl', '');
  mkdirSync(base, { recursive: true });
  const replayed = await record({ replay: base }, asking('one'), { dir: join(dir(), 'replayed') });
  expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(tree));
});

it('says what is wrong with a folder', async () => {
  const program = (replay: Replay) => createLLMClient({ model: 'm', replay }).chat(ask('x'));
  mkdirSync(join(dir(), 'empty'));
  await expect(program(join(dir(), 'empty'))).rejects.toThrow(EmptyCassetteError);
  await expect(program(join(dir(), 'none'))).rejects.toThrow(/none/);
  await using server = await startOfflineServer();
  const silent = { dir: join(dir(), 'silent'), captureContent: false };
  await record({ baseURL: server.url }, asking('x'), silent);
  await expect(program(silent.dir)).rejects.toThrow(NoContentError);
  mkdirSync(join(dir(), 'other'));
  writeFileSync(join(dir(), 'other', 'package.json'), '{"name":"x"}');
  await expect(program(join(dir(), 'other'))).rejects.toThrow(/package\.json/);
});

it.each<[unknown]>([[''], [[]], [['a', '']], [7], [null], [{}], [{ path: [] }], [{ path: 7 }]])(
  'refuses %j',
  (replay) => {
    expect(() => createLLMClient({ model: 'openai/x', replay: replay as Replay })).toThrow(TypeError);
  },
);
