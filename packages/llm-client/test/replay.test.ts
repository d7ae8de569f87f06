import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withAgent } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import {
  ConnectionError,
  createLLMClient,
  type LLMClient,
  NoContentError,
  ProviderError,
  ReplayMissError,
} from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { serve } from './support.ts';

const { record, dir } = useRecordings();

const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

async function conversation(client: LLMClient): Promise<string[]> {
  const plain = await withAgent({ id: 'a' }, () => client.chat(ask('What makes a good bridge?')));
  const streamed = await withAgent({ id: 'b' }, () => client.stream(ask(plain.text)).result());
  const again = await withAgent({ id: 'a' }, () => client.chat(ask('What makes a good bridge?')));
  await client.chat({ ...ask('x'), agent: { id: 'a' }, model: 'nobody-has-this' }).catch(() => {});
  return [plain.text, streamed.text, again.text];
}

describe('replay', () => {
  it('gives the same canonical tree without a server', async () => {
    let texts: string[] = [];
    let original: Awaited<ReturnType<typeof record>>;
    {
      await using server = await startOfflineServer();
      original = await record({ baseURL: server.url }, async (client) => {
        texts = await conversation(client);
      });
    }
    const replayed = await record({ replay: original.path }, async (client) => {
      expect(await conversation(client)).toEqual(texts);
    });
    expect(original.tree.run.totals).toMatchObject({ calls: 4, errors: 1 });
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });

  it('serves each recorded call once and names the difference of a miss', async () => {
    await using server = await startOfflineServer();
    const { path } = await record({ baseURL: server.url }, (client) =>
      client.chat({ ...ask('one'), agent: { id: 'a' } }),
    );
    const client = createLLMClient({
      model: 'stand-in-1',
      provider: 'offline',
      baseURL: server.url,
      replay: path,
    });
    const other = client.chat({ ...ask('two'), agent: { id: 'a' } });
    await expect(other).rejects.toThrow(ReplayMissError);
    await expect(other).rejects.toThrow(/message 1 is .*two.* instead of .*one/);
    await expect(client.chat({ ...ask('one'), agent: { id: 'b' } })).rejects.toThrow(/agent "b"/);
    await client.chat({ ...ask('one'), agent: { id: 'a' } });
    await expect(client.chat({ ...ask('one'), agent: { id: 'a' } })).rejects.toThrow(
      /no unanswered call on record/,
    );
    expect(server.totals.requests).toBe(1);
  });

  it('replays a recorded error as an error', async () => {
    await using server = await startOfflineServer();
    const bad = (client: LLMClient) => client.stream({ ...ask('x'), model: 'nobody-has-this' }).result();
    const { path } = await record({ baseURL: server.url }, (client) => bad(client).catch(() => {}));
    const client = createLLMClient({ model: 'm', provider: 'offline', baseURL: server.url, replay: path });
    const error = await bad(client).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ status: 404, code: 'not_found', providerCode: 'model_not_found' });
  });

  it('fails with an error of the recorded class, so that a program takes the same path again', async () => {
    const failures: [string, unknown][] = [];
    const program = (name: string) => async (client: LLMClient) => {
      failures.push([name, await client.chat(ask('x')).catch((reason: unknown) => reason)]);
    };
    const original = await record({ baseURL: 'http://127.0.0.1:1/v1' }, program('original'));
    const replayed = await record(
      { baseURL: 'http://127.0.0.1:1/v1', replay: original.path },
      program('replayed'),
    );
    for (const [name, error] of failures) expect(error, name).toBeInstanceOf(ConnectionError);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });

  it('says which file is missing', async () => {
    const client = createLLMClient({ model: 'm', replay: join(dir(), 'none.json') });
    await expect(client.chat(ask('x'))).rejects.toThrow(/no log at .*none\.json/);
  });

  it('of a record without content is refused, saying why', async () => {
    await using server = await startOfflineServer();
    const { path } = await record({ baseURL: server.url }, conversation, { captureContent: false });
    const asked = createLLMClient({ model: 'openai/x', replay: path }).chat(ask('What makes a good bridge?'));
    await expect(asked).rejects.toThrow(NoContentError);
    await expect(asked).rejects.toThrow('captureContent: false');
  });
});

it('answers a request with a picture from the record, and names what else differs', async () => {
  const picture = (seed: number) =>
    Array.from({ length: 9_000 }, (_, i) => ((i * 7919 + seed) % 251).toString(16)).join('');
  const url = (seed: number) =>
    `data:image/png;base64,${Buffer.from(picture(seed), 'hex').toString('base64')}`;
  const see = (seed: number, text: string) => ({
    messages: [
      { role: 'user' as const, content: [{ type: 'image_url' as const, image_url: { url: url(seed) } }] },
      { role: 'user' as const, content: text },
    ],
  });
  // The answer is a picture, too.
  await using server = await serve((_, response) => {
    const message = { role: 'assistant', content: url(2) };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] }),
    );
  });
  const replies: string[] = [];
  const program = async (client: LLMClient) => {
    for (const ask of ['What is it?', 'Draw it again.']) replies.push((await client.chat(see(1, ask))).text);
  };
  const { path, tree } = await record({ baseURL: server.url }, program);
  expect(JSON.stringify(tree)).not.toContain(url(1).slice(100, 200));
  expect(readdirSync(join(path.replace('.jsonl', ''), 'blobs'))).toHaveLength(2);
  const replayed = await record({ replay: path }, program);
  expect(replies).toEqual([url(2), url(2), url(2), url(2)]);
  expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(tree));
  await record({ replay: path }, async (client) => {
    await expect(client.chat(see(1, 'What is that?'))).rejects.toThrow(
      /message 2 is .*that.* instead of .*it/,
    );
    await expect(client.chat(see(3, 'What is it?'))).rejects.toThrow(/message 1 is .*sha256/);
  });
});
