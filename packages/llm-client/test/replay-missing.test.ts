import { join } from 'node:path';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { createLLMClient, type LLMClient, ReplayMissError, type ReplayOptions } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { serve } from './support.ts';

const { record, dir } = useRecordings();

const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const asking =
  (...questions: string[]) =>
  async (client: LLMClient) => {
    for (const each of questions) await client.chat(ask(each));
  };

describe("replay with record: 'missing'", () => {
  it('asks the server for what is not on record; the log of that run is the whole record', async () => {
    await using server = await startOfflineServer();
    const { path } = await record({ baseURL: server.url }, asking('one', 'two'));
    const changed = asking('one', 'new', 'two', 'also new');
    const added = await record({ baseURL: server.url, replay: { path, record: 'missing' } }, changed);
    expect(server.totals.requests).toBe(4);
    expect(added.tree.run.totals).toMatchObject({ calls: 4, errors: 0 });
    const again = await record({ replay: added.path }, changed);
    expect(server.totals.requests).toBe(4);
    expect(canonicalTree(again.tree)).toEqual(canonicalTree(added.tree));
  });

  it('tries again by its own rules what is not on record', async () => {
    let requests = 0;
    await using server = await serve((_, response) => {
      requests++;
      response.setHeader('content-type', 'application/json');
      response.statusCode = requests === 2 ? 500 : 200;
      response.end(
        JSON.stringify({ choices: [{ index: 0, message: { content: 'yes' }, finish_reason: 'stop' }] }),
      );
    });
    const options = { baseURL: server.url, retry: { baseDelayMs: 1 } };
    const { path } = await record(options, asking('one'));
    const { tree } = await record({ ...options, replay: { path, record: 'missing' } }, asking('one', 'new'));
    expect(requests).toBe(3);
    expect(tree.agents[0]?.calls.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([
      ['ok'],
      ['error', 'ok'],
    ]);
  });

  it('still fails for a record that is not there', async () => {
    const client = createLLMClient({
      model: 'm',
      baseURL: 'http://127.0.0.1:1/v1',
      replay: { path: join(dir(), 'none.jsonl'), record: 'missing' },
      logger: () => {},
    });
    await expect(client.chat(ask('x'))).rejects.toThrow(/no log at .*none\.jsonl/);
  });
});

it('finds a request whose secret the log has scrubbed, told what it scrubs', async () => {
  const secrets = ['swordfish-in-the-prompt'];
  const redact = { secrets };
  await using server = await startOfflineServer();
  const program = asking(`The word is ${secrets[0]}.`);
  const original = await record({ baseURL: server.url }, program, { redact });
  expect(JSON.stringify(original.tree)).not.toContain(secrets[0]);
  const replayed = await record({ replay: { path: original.path, redact } }, program, { redact });
  expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  const untold = createLLMClient({ model: 'stand-in-1', baseURL: server.url, replay: original.path });
  await expect(program(untold)).rejects.toThrow(ReplayMissError);
  const told = createLLMClient({
    model: 'stand-in-1',
    baseURL: server.url,
    replay: { path: original.path, redact },
  });
  const other = await asking(`The words are ${secrets[0]}.`)(told).catch((error: Error) => error.message);
  expect(other).toMatch(/message 1 is .*words are .* instead of .*word is/);
  expect(other).not.toContain(secrets[0]);
});

it.each<[unknown, RegExp]>([
  ['', /replay: give the path/],
  [7, /replay: give the path/],
  [null, /replay: give the path/],
  [{}, /replay: give the path/],
  [{ path: 'x', timing: -1 }, /replay\.timing is -1/],
  [{ path: 'x', timing: Number.POSITIVE_INFINITY }, /replay\.timing is Infinity/],
  [{ path: 'x', timing: 'fast' }, /replay\.timing is fast/],
  [{ path: 'x', record: 'all' }, /replay\.record is all/],
  [{ path: 'x', record: 'missing' }, /there is no logger/],
])('refuses %j when the client is made', (replay, message) => {
  const make = () => createLLMClient({ model: 'openai/m', replay: replay as ReplayOptions });
  expect(make).toThrow(message);
});
