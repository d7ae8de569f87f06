import { setTimeout as sleep } from 'node:timers/promises';
import { withAgent } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { expect, it } from 'vitest';
import type { LLMClient } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { serve } from './support.ts';

const { record } = useRecordings();

it('parallel agents get their own answers again, however they interleave', async () => {
  const agents = Array.from({ length: 6 }, (_, i) => `agent-${i}`);
  /** All begin with the same words, so that only the lane tells them apart, and go on from what they are told. */
  const program = async (client: LLMClient) => {
    const talk = async (id: string) => {
      let content = 'What makes a good bridge?';
      for (let turn = 0; turn < 4; turn++) {
        await sleep(Math.random() * 4);
        const request = { messages: [{ role: 'user' as const, content }], seed: turn };
        const ask = () => (turn % 2 === 0 ? client.chat(request) : client.stream(request).result());
        content = `${id}: ${(await withAgent({ id }, ask)).text}`;
      }
    };
    await Promise.all(agents.toSorted(() => Math.random() - 0.5).map(talk));
  };
  await using server = await startOfflineServer();
  const original = await record({ baseURL: server.url }, program);
  expect(original.tree.run.totals).toMatchObject({ calls: 24, errors: 0 });
  const expected = canonicalTree(original.tree);
  for (let time = 0; time < 20; time++)
    expect(canonicalTree((await record({ replay: original.path }, program)).tree)).toEqual(expected);
  expect(server.totals.requests).toBe(24);
}, 60_000);

it('timeouts, of attempts and of the call, are as they were, at once', async () => {
  await using silent = await serve(() => {});
  const program = async (client: LLMClient) => {
    const messages = [{ role: 'user' as const, content: 'Hello?' }];
    await client.chat({ messages, timeoutMs: 60 }).catch(() => {});
    await client
      .stream({ messages, attemptTimeoutMs: 30 })
      .result()
      .catch(() => {});
  };
  const retry = { maxAttempts: 3, baseDelayMs: 1 };
  const original = await record({ baseURL: silent.url, retry }, program);
  const calls = original.tree.agents[0]?.calls ?? [];
  expect(calls.map(({ status, attempts }) => [status, attempts.length])).toEqual([
    ['timeout', 1],
    ['timeout', 3],
  ]);
  const replayed = await record({ replay: original.path, retry }, program);
  expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
});
