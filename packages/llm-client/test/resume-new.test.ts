import { canonicalTree } from '@pd/call-log/reader';
import { describe, expect, it } from 'vitest';
import {
  createBudget,
  createLimiter,
  DivergenceError,
  type LLMClient,
  StreamLeftError,
} from '../src/index.ts';
import { startOfflineServer } from '../src/offline.ts';
import { readRecordedRun } from '../src/resume.ts';
import { startTestServer } from '../src/testing.ts';
import { cutAfter, linesOf } from './cut-journal.ts';
import { useRecordings } from './recording.ts';
import { resumed } from './resuming.ts';
import { recordedClient } from './support.ts';

const { record, dir } = useRecordings();
const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const caught = (error: unknown) => error;

describe('a call that is not on record', () => {
  it('waits for those that are, and is sent then', async () => {
    await using server = await startTestServer();
    const a = (client: LLMClient) => client.bind({ agent: { id: 'a' } });
    const { path } = await record({ baseURL: server.url }, async (client) => {
      for (const question of ['one', 'two', 'three']) await a(client).chat(say(question));
    });
    const order: string[] = [];
    const { value, tree } = await resumed({ dir: dir(), path }, { baseURL: server.url }, async (client) => {
      const fresh = client.bind({ agent: { id: 'b' } });
      const chat = fresh.chat(say('new')).then(({ text }) => order.push('new') && text);
      const stream = fresh.stream(say('also new'));
      for (const question of ['one', 'two', 'three']) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await a(client).chat(say(question));
        order.push(question);
      }
      return [await chat, (await stream.result()).text];
    });
    expect(order).toEqual(['one', 'two', 'three', 'new']);
    expect(value.map(Boolean)).toEqual([true, true]);
    expect(server.requests).toHaveLength(5);
    expect(tree.run.totals).toMatchObject({ calls: 5, errors: 0 });
  });

  it('is a divergence when nothing on record is asked for any more, and the error says what is different', async () => {
    await using server = await startTestServer();
    const { path, tree } = await record({ baseURL: server.url }, async (client) => {
      const a = client.bind({ agent: { id: 'a' } });
      for (const question of ['one', 'two', 'three']) await a.chat(say(question));
      await client.bind({ agent: { id: 'b' } }).chat(say('four'));
    });
    const { value, events } = await resumed(
      { dir: dir(), path },
      { baseURL: server.url },
      async (client) => {
        const a = client.bind({ agent: { id: 'a' } });
        await a.chat(say('one'));
        const others = [a.chat(say('2')).catch(caught), a.stream(say('2')).result().catch(caught)];
        const late = Promise.all(others).then(async (errors) => [
          ...errors,
          await a.chat(say('3')).catch(caught),
        ]);
        return late;
      },
      { divergenceAfterMs: 80 },
    );
    const calls = tree.agents.flatMap((agent) => agent.calls);
    for (const error of value) {
      expect(error).toBeInstanceOf(DivergenceError);
      expect(error).toMatchObject({
        code: 'diverged',
        divergence: { agentId: 'a', unasked: calls.slice(1).map(({ id }) => id) },
      });
    }
    expect((value[0] as Error).message).toMatch(
      /the agent "a" asks what is not on record: its next call on record is another one: message 1 is .*2.* instead of .*two.*3 finished calls were not asked for within 80 ms \(call_\S+ of a, call_\S+ of a, call_\S+ of b\). Nothing was sent/,
    );
    expect(events).toEqual([]);
    expect(server.requests).toHaveLength(4);
  });

  it('can be given up while it waits, and leaves no trace', async () => {
    await using server = await startTestServer();
    const { path } = await record({ baseURL: server.url }, (client) => client.chat(say('one')));
    const reason = new Error('enough');
    const { value, events } = await resumed({ dir: dir(), path }, { baseURL: server.url }, async (client) => {
      const abort = new AbortController();
      const { signal } = abort;
      const chat = client.chat({ ...say('new'), signal }).catch(caught);
      const stream = client
        .stream({ ...say('new'), signal })
        .result()
        .catch(caught);
      const left = client.stream(say('new'));
      const reader = left[Symbol.asyncIterator]();
      abort.abort(reason);
      await reader.return?.();
      return [await chat, await stream, await left.result().catch(caught)];
    });
    expect(value).toEqual([reason, reason, expect.any(StreamLeftError)]);
    expect(events).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a call that its caller has ended', () => {
  it('is made anew when it is not ended again', async () => {
    await using server = await startTestServer({
      answers: [{ faults: [{ type: 'hang' }] }, { text: 'Here.' }],
    });
    const { path } = await record({ baseURL: server.url }, (client) =>
      client.chat({ ...say('one'), signal: AbortSignal.timeout(50) }).catch(caught),
    );
    const { value, tree } = await resumed({ dir: dir(), path }, { baseURL: server.url }, (client) =>
      client.chat(say('one')),
    );
    expect(value.text).toBe('Here.');
    expect(tree.agents[0]?.calls.map(({ status }) => status)).toEqual(['aborted', 'ok']);
  });

  it('stays as it is when it is ended again by what is on record', async () => {
    await using server = await startTestServer({
      answers: ({ body }) =>
        JSON.stringify(body).includes('slow') ? { faults: [{ type: 'hang' }] } : { text: 'First.' },
    });
    /** The first to answer ends the others. */
    const race = async (client: LLMClient) => {
      const won = new AbortController();
      const run = (question: string) => client.chat({ ...say(question), signal: won.signal });
      const slow = run('slow').catch(() => 'lost');
      const { text } = await run('quick');
      won.abort(new Error('somebody else has won'));
      return [text, await slow];
    };
    const original = await record({ baseURL: server.url }, race);
    const { value, events, tree } = await resumed(
      { dir: dir(), path: original.path },
      { baseURL: server.url },
      race,
    );
    expect(value).toEqual(['First.', 'lost']);
    expect(events).toEqual([]);
    expect(canonicalTree(tree).agents).toEqual(canonicalTree(original.tree).agents);
    expect(server.requests).toHaveLength(2);
  });

  it('gives a reader who left a stream what he had, and nothing is sent when he leaves again', async () => {
    await using server = await startTestServer();
    const program = async (client: LLMClient) => {
      let text = '';
      for await (const part of client.stream(say('one'))) {
        if (part.type === 'text-delta') text += part.text;
        if (text.length > 5) break;
      }
      return [text, (await client.chat(say(text))).text];
    };
    let original: string[] = [];
    const { path, tree } = await record({ baseURL: server.url }, async (client) => {
      original = await program(client);
    });
    expect(tree.agents[0]?.calls.map(({ status }) => status)).toEqual(['aborted', 'ok']);
    const again = await resumed({ dir: dir(), path }, {}, program);
    expect(again.value).toEqual(original);
    expect(again.events).toEqual([]);
    // Whoever reads on gets another try.
    const whole = await resumed({ dir: dir(), path }, { baseURL: server.url }, async (client) => {
      const stream = client.stream(say('one'));
      const types: string[] = [];
      const reading = (async () => {
        for await (const { type } of stream) types.push(type);
      })();
      await client.chat(say(original[0] ?? ''));
      await reading;
      return types;
    });
    expect(whole.value).toContain('restart');
    expect(whole.value.at(-1)).toBe('finish');
    expect(server.requests).toHaveLength(3);
  });
});

it('embeddings whose vectors are not on record are asked for again at once', async () => {
  await using server = await startOfflineServer();
  const program = async (client: LLMClient) => {
    const { embeddings } = await client.embeddings({ input: ['one', 'two'] });
    return (await client.chat(say(`${embeddings.length}`))).text;
  };
  let original = '';
  const { path } = await record({ baseURL: server.url }, async (client) => {
    original = await program(client);
  });
  const { value, tree } = await resumed({ dir: dir(), path }, { baseURL: server.url }, program);
  expect(value).toBe(original);
  expect(tree.run.totals.calls).toBe(3);
});

it('budgets are charged what calls have cost then, limits are not', async () => {
  await using server = await startTestServer();
  const program = async (client: LLMClient) => {
    for (const question of ['one', 'two', 'three'])
      await client.chat({ ...say(question), max_completion_tokens: 100 });
  };
  const run = () => {
    const whole = createBudget({ tokens: 10_000, usd: 1 });
    return { whole, part: createBudget({ tokens: 5_000, parent: whole }) };
  };
  const options = { baseURL: server.url, prices: { 'custom/m': { input: 1, output: 10 } }, model: 'm' };
  const before = run();
  const { path } = await record({ ...options, gates: [before.whole, before.part] }, program);
  expect(before.whole.spent.usd).toBeGreaterThan(0);
  const { whole, part } = run();
  const limiter = createLimiter({ requestsPerMinute: 1 });
  const gates = [whole, limiter, part];
  using cut = cutAfter(path, linesOf(path).length);
  await resumed(cut, options, program, { gates });
  expect([whole.spent, part.spent]).toEqual([before.whole.spent, before.part.spent]);
  expect(limiter.state).toEqual({ active: 0, waiting: 0 });
  // Too little for another one: the run's limit still holds.
  const small = createBudget({ tokens: before.whole.spent.tokens + 50 });
  const again = await resumed(
    { dir: dir(), path },
    options,
    async (client) => {
      await program(client);
      return client.chat({ ...say('four'), max_completion_tokens: 100 }).catch(caught);
    },
    { gates: [small] },
  );
  expect(again.value).toMatchObject({ code: 'budget_exceeded' });
});

it('what a client records besides is not recorded twice, and goes by its old name', async () => {
  await using server = await startTestServer();
  let id = 0;
  const program = async (client: LLMClient, how: 'handled' | 'rejected' = 'handled') => {
    const { callId } = await client.chat(say('one'));
    const message_id = `m${++id}`;
    client.record({
      type: 'message',
      message_id,
      from: 'a',
      to: 'b',
      call_id: callId,
      content: 'Hello',
      status: 'delivered',
    });
    client.record({ type: 'tool.start', call_id: callId, tool_call_id: 't', name: 'look', arguments: {} });
    client.record({ type: 'tool.end', call_id: callId, tool_call_id: 't', status: 'ok', result: '{"a":1}' });
    client.record({ type: 'log', level: 'info', message: 'seen', fields: { b: 1, a: [2] } });
    client.record({ type: 'message', message_id, status: how });
    client.record({
      type: 'message',
      message_id: `m${++id}`,
      from: 'a',
      to: 'b',
      content: 'Hello',
      status: 'delivered',
    });
  };
  const { path } = await record({ baseURL: server.url }, (client) => program(client));
  const same = await resumed({ dir: dir(), path }, {}, (client) => program(client));
  expect(same.events).toEqual([]);
  const other = await resumed({ dir: dir(), path }, {}, async (client) => {
    await program(client, 'rejected');
    client.record({ type: 'log', level: 'info', message: 'seen', fields: { b: 1, a: [2] } });
  });
  expect(other.events).toMatchObject([
    { type: 'message', message_id: 'm1', status: 'rejected' },
    { type: 'log', message: 'seen' },
  ]);
});

describe('readRecordedRun', () => {
  it('says what cannot be done again', async () => {
    await using server = await startTestServer();
    const { path } = await record({ baseURL: server.url }, (client) => client.chat(say('one')), {
      captureContent: false,
    });
    await expect(readRecordedRun(path)).rejects.toMatchObject({ code: 'no_content' });
    await expect(readRecordedRun(`${path}.gone`)).rejects.toMatchObject({ name: 'LogNotFoundError' });
    for (const divergenceAfterMs of [0, -1, Number.NaN, 2 ** 31, '5'] as number[])
      await expect(readRecordedRun(path, { divergenceAfterMs })).rejects.toThrow(RangeError);
    const { client } = recordedClient(server.url);
    for (const resume of [null, {}, path] as never[])
      expect(() => client.bind({ resume })).toThrow(TypeError);
  });

  it('serves steps by name, each once, and lets new ones be recorded', async () => {
    const step = { type: 'step', status: 'ok', name: 'clock' } as const;
    const { path } = await record({}, async (client) => {
      client.record({ ...step, step_id: 's1', value: 1 });
      client.record({ ...step, step_id: 's2', value: { a: 2 } });
      client.record({
        type: 'step',
        step_id: 's3',
        name: 'ask',
        status: 'error',
        error: { type: 'Error', message: 'no' },
      });
    });
    const { events, value } = await resumed({ dir: dir(), path }, {}, async (client) => {
      const found = ['clock', 'clock', 'clock', 'ask', 'else'].map((name) => client.resume?.step(name));
      client.record({ ...step, step_id: 's4', value: 3 });
      await client.resume?.rest();
      return found;
    });
    expect(value).toMatchObject([
      { id: 's1', status: 'ok', value: 1 },
      { id: 's2', value: { a: 2 } },
      undefined,
      { status: 'error', error: { message: 'no' } },
      undefined,
    ]);
    expect(events).toMatchObject([{ type: 'step', step_id: 's4' }]);
  });
});
