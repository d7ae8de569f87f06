import { setTimeout as sleep } from 'node:timers/promises';
import { type RunTree, readTree } from '@pd/call-log';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LLMClient } from '../src/index.ts';
import { startTestServer } from '../src/testing.ts';
import { cutAfter, linesOf } from './cut-journal.ts';
import { useRecordings } from './recording.ts';
import { comparable, resumed } from './resuming.ts';

const { record } = useRecordings();

/** Two agents who go on from what they are told, with two calls of one of them at the same time. */
async function talk(client: LLMClient, delay: () => Promise<unknown> = async () => {}) {
  const [a, b] = ['a', 'b'].map((id) => client.bind({ agent: { id } })) as [LLMClient, LLMClient];
  const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
  const ask = async (who: LLMClient, content: string) => {
    await delay();
    return (await who.chat(say(content))).text;
  };
  const one = async () => {
    const text = await ask(a, 'What makes a good bridge?');
    await delay();
    const stream = a.stream(say(`In short: ${text}`));
    return ask(a, (await stream.result()).text);
  };
  const other = async () => {
    const texts = await Promise.all([
      ask(b, 'Who crosses it?'),
      ask(b, 'Who crosses it?'),
      ask(b, 'Who built it?'),
    ]);
    return ask(b, texts.toSorted().join('\n'));
  };
  const texts = await Promise.all([one(), other()]);
  await ask(a, texts.join('\n'));
}

const interrupted = (tree: RunTree) =>
  tree.agents
    .flatMap(({ calls }) => calls)
    .flatMap(({ attempts }) => attempts.filter(({ status }) => status === 'interrupted'));

it('a run that is cut after any record and done again is the run that was not cut, and nothing finished is sent twice', async () => {
  await using server = await startOfflineServer();
  const original = await record({ baseURL: server.url }, (client) => talk(client));
  const expected = comparable(original.tree);
  const lines = linesOf(original.path);
  expect(lines.length).toBeGreaterThan(30);
  for (let length = 1; length <= lines.length; length++) {
    // The end of a call is one write with that of its last attempt; torn apart, its reply is lost and has to be paid again.
    if (lines[length - 1]?.includes('"attempt.end"')) continue;
    using cut = cutAfter(original.path, length);
    const before = await readTree(cut.path);
    const sent = server.totals.requests;
    const { tree, events } = await resumed(cut, { baseURL: server.url }, (client) => talk(client));
    expect(comparable(tree), `cut after ${length} records`).toEqual(expected);
    // One more for each that was on its way, and no other.
    const attempts = events.filter(({ type }) => type === 'attempt.start');
    expect(server.totals.requests - sent).toBe(attempts.length);
    expect(tree.run.totals.attempts).toBe(8 + interrupted(before).length);
    expect(interrupted(tree)).toHaveLength(interrupted(before).length);
    expect(tree.orphans).toEqual([]);
  }
}, 120_000);

it('it is, too, however the calls interleave, before and after', async () => {
  await using server = await startOfflineServer();
  const lanes = (tree: RunTree) => {
    const byId = callsById(tree);
    return tree.agents.map(({ id, calls }) => [
      id,
      calls.map((call) => JSON.stringify([expandRequest(call, byId), call.post?.message])).toSorted(),
    ]);
  };
  const plain = lanes((await record({ baseURL: server.url }, (client) => talk(client))).tree);
  const delays = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 9, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(
      delays,
      delays,
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (first, then, share) => {
        const after = (list: number[]) => {
          let next = 0;
          return () => sleep(list[next++ % list.length]);
        };
        const original = await record({ baseURL: server.url }, (client) => talk(client, after(first)));
        using cut = cutAfter(original.path, Math.max(1, Math.round(share * linesOf(original.path).length)));
        const { tree } = await resumed(cut, { baseURL: server.url }, (client) => talk(client, after(then)));
        // Calls that are made at the same time may stand on record in either order.
        expect(lanes(tree).toSorted()).toEqual(plain.toSorted());
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

it('a call that was on its way keeps its id and its attempts, and goes on with the next', async () => {
  await using server = await startTestServer({
    answers: [{ faults: [{ type: 'status', status: 503 }] }, { text: 'At last.' }],
  });
  const program = (client: LLMClient) =>
    client.bind({ agent: { id: 'a' } }).chat({ messages: [{ role: 'user', content: 'Hello?' }] });
  const providers = { custom: { capabilities: { idempotencyHeader: 'Idempotency-Key' } } };
  const options = { baseURL: server.url, providers, retry: { baseDelayMs: 1, maxDelayMs: 1 } };
  const original = await record(options, program);
  const second = linesOf(original.path).findLastIndex((line) => line.includes('"attempt.start"'));
  using cut = cutAfter(original.path, second + 1);
  const { value, events, tree } = await resumed(cut, options, program);
  const [call] = original.tree.agents[0]?.calls ?? [];
  // A server that knows the request again need not do it twice.
  expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(value).toMatchObject({ callId: call?.id, attempts: 3 });
  expect(events.map(({ type }) => type)).toEqual(['attempt.start', 'attempt.end', 'call.end']);
  expect(tree.agents[0]?.calls).toMatchObject([
    {
      id: call?.id,
      status: 'ok',
      attempts: [
        { number: 1, status: 'error', http_status: 503 },
        { number: 2, status: 'interrupted' },
        { number: 3, status: 'ok' },
      ],
    },
  ]);
});
