import { withAgent } from '@pd/call-log/context';
import type { LogEvent } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import { ConnectionError, ProviderError, type StreamPart, TruncatedReplyError } from '../../index.ts';
import {
  createScriptedClient,
  type ScriptedStep,
  StepsLeftError,
  UnexpectedCallError,
} from '../../testing.ts';

const user = (content: string) => [{ role: 'user' as const, content }];

describe('a scripted client', () => {
  it('answers step by step, keeps the calls, and records them like a real one', async () => {
    const events: LogEvent[] = [];
    await using client = createScriptedClient(
      [
        'one',
        {
          expect: { lastMessage: /two\?/, model: 'other' },
          reply: { text: 'two', usage: { input: 7, output: 1 } },
        },
      ],
      { logger: (event) => events.push(event) },
    );
    expect((await client.chat({ messages: user('one?') })).text).toBe('one');
    const second = await client.chat({ messages: user('two?'), model: 'other', metadata: { why: 'test' } });
    expect(second).toMatchObject({ text: 'two', finishReason: 'stop', model: 'other' });
    expect(second.usage).toEqual({ inputTokens: 7, outputTokens: 1, source: 'provider' });
    expect(client.calls).toMatchObject([
      {
        number: 1,
        step: 1,
        model: 'scripted',
        stream: false,
        callId: events[0] && 'call_id' in events[0] && events[0].call_id,
      },
      { number: 2, step: 2, model: 'other', metadata: { why: 'test' } },
    ]);
    expect(events.map(({ type }) => type)).toEqual(
      Array(2).fill(['call.start', 'attempt.start', 'attempt.end', 'call.end']).flat(),
    );
  });

  it('streams text, reasoning and tool calls, with the same result as without streaming', async () => {
    const reply = {
      text: ['Hel', 'lo'],
      reasoning: 'hm',
      toolCalls: [
        { name: 'add', arguments: { a: 1 } },
        { id: 'mine', name: 'raw', arguments: '{"broken' },
      ],
    };
    await using client = createScriptedClient([{ reply }, { reply }]);
    const stream = client.stream({ messages: user('x') });
    const parts: StreamPart[] = [];
    for await (const part of stream) parts.push(part);
    expect(parts.map(({ type }) => type)).toEqual([
      'reasoning-delta',
      'text-delta',
      'text-delta',
      'tool-call-delta',
      'tool-call-delta',
      'usage',
      'finish',
    ]);
    const streamed = await stream.result();
    const whole = await client.chat({ messages: user('x') });
    expect(streamed.finishReason).toBe('tool-calls');
    expect(streamed.message.tool_calls).toMatchObject([
      { id: 'call_1_1', function: { name: 'add', arguments: '{"a":1}' } },
      { id: 'mine', function: { name: 'raw', arguments: '{"broken' } },
    ]);
    expect({ ...streamed.message, tool_calls: [] }).toEqual({ ...whole.message, tool_calls: [] });
    expect(streamed.usage).toEqual(whole.usage);
  });

  it('gives structured replies, computed replies, other models and usage that nobody counted', async () => {
    await using client = createScriptedClient([
      { reply: { json: { a: [1] }, model: 'served', usage: null } },
      { reply: async ({ messages }) => `you said ${messages[0]?.content}` },
    ]);
    expect(await client.chat({ messages: user('x') })).toMatchObject({
      text: '{"a":[1]}',
      model: 'served',
      usage: { source: 'estimated' },
    });
    expect((await client.chat({ messages: user('this') })).text).toBe('you said this');
  });
});

describe('a scripted failure', () => {
  it('is the error of the call, and is retried when retries are on', async () => {
    const error = () => new ProviderError('slow down', { status: 429, retryAfterMs: 1 });
    await using client = createScriptedClient([{ error: error() }, { error: error() }, 'third'], {
      retry: {},
    });
    expect(await client.chat({ messages: user('x') })).toMatchObject({ text: 'third', attempts: 3 });
    await using once = createScriptedClient([{ error: error() }]);
    await expect(once.chat({ messages: user('x') })).rejects.toMatchObject({ code: 'rate_limit' });
    await using own = createScriptedClient([{ error: new RangeError('mine') }]);
    await expect(own.chat({ messages: user('x') })).rejects.toThrow(RangeError);
  });

  it('can come in the middle of a stream, or be the missing end of it', async () => {
    const error = new ConnectionError('gone');
    await using client = createScriptedClient([
      { reply: { text: ['half'], error } },
      { reply: { text: 'half', finishReason: null } },
      { reply: { text: 'half', finishReason: null } },
    ]);
    const parts: StreamPart[] = [];
    const reading = (async () => {
      for await (const part of client.stream({ messages: user('x') })) parts.push(part);
    })();
    await expect(reading).rejects.toBe(error);
    expect(parts).toEqual([{ type: 'text-delta', text: 'half' }]);
    await expect(client.stream({ messages: user('x') }).result()).rejects.toBeInstanceOf(TruncatedReplyError);
    await expect(client.chat({ messages: user('x') })).rejects.toMatchObject({ partial: { text: 'half' } });
  });

  it('can be slowness: aborts and timeouts come through', async () => {
    await using client = createScriptedClient([
      { reply: { delayMs: 60_000 } },
      { reply: { text: ['a', 'b'], chunkDelayMs: 60_000 } },
    ]);
    await expect(client.chat({ messages: user('x'), timeoutMs: 10 })).rejects.toMatchObject({
      code: 'timeout',
    });
    const stopped = new Error('enough');
    const abort = new AbortController();
    const stream = client.stream({ messages: user('x'), signal: abort.signal });
    await expect(
      (async () => {
        for await (const _ of stream) abort.abort(stopped);
      })(),
    ).rejects.toBe(stopped);
  });
});

describe('an unexpected call', () => {
  it('fails with every difference, is not retried, and fails the end of the test even if it is swallowed', async () => {
    const client = createScriptedClient(
      [
        {
          expect: {
            lastMessage: 'a very long question, which is the same for a good while and ends in a dog',
            system: /terse/,
            tools: ['b', 'a'],
            stream: true,
            messages: [{ role: 'user' }],
            body: { temperature: 0, response_format: { type: 'json_object' } },
          },
          reply: 'never',
        },
      ],
      { retry: {} },
    );
    const messages = [
      { role: 'system' as const, content: 'Be verbose.' },
      {
        role: 'user' as const,
        content: 'a very long question, which is the same for a good while and ends in a cat',
      },
    ];
    const error = await client.chat({ messages, temperature: 1 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnexpectedCallError);
    expect(String(error)).toBe(
      `UnexpectedCallError: call 1 of agent "unknown_agent" (last message "a very long question, which is the same for a good while and ends in a cat") was not expected: step 1 says
- stream should be true, not false
- the last message should be …while and ends in a dog", not …while and ends in a cat"
- the system prompt should match /terse/, not "Be verbose."
- messages should have 1 entries, not 2
- messages[0].role should be "user", not "system"
- tools should have 2 entries, not 0
- tools[0] should be "a", not undefined
- tools[1] should be "b", not undefined
- body.temperature should be 0, not 1
- body.response_format should be an object, not undefined`,
    );
    expect(() => client.done()).toThrow(error as Error);
    expect(client.calls).toHaveLength(1);
    expect(client.calls[0]).not.toHaveProperty('step');
  });

  it('is one after the last step, and one that a check refuses', async () => {
    const client = createScriptedClient([
      { expect: { check: ({ stream }) => expect(stream).toBe(true) }, reply: 'x' },
    ]);
    await expect(client.chat({ messages: user('x') })).rejects.toThrow(/expected false to be true/);
    await client.stream({ messages: user('x') }).result();
    await expect(client.chat({ messages: user('x') })).rejects.toThrow(/no step left/);
  });
});

describe('the end of a script', () => {
  it('fails when steps are left', async () => {
    const client = createScriptedClient(['a', 'b', { agent: 'z', reply: 'c' }]);
    await client.chat({ messages: user('x') });
    const error = await (async () => client.done())().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StepsLeftError);
    expect(error).toMatchObject({ steps: [2, 3], message: expect.stringContaining('2, 3 (agent "z")') });
    const block = async () => {
      await using _client = createScriptedClient(['a']);
    };
    await expect(block()).rejects.toBeInstanceOf(StepsLeftError);
  });
});

describe('agents', () => {
  it('have lanes of their own, whatever the order in which they run', async () => {
    const lane = (agent: string): ScriptedStep[] =>
      Array.from({ length: 20 }, (_, i) => ({
        agent,
        expect: { lastMessage: `${agent} asks ${i}` },
        reply: `${agent} ${i}`,
      }));
    await using client = createScriptedClient([...lane('a'), ...lane('b'), ...lane('c'), 'shared']);
    const run = async (agent: string, pauses: number) => {
      const bound = client.bind({ agent: { id: agent } });
      for (let i = 0; i < 20; i++) {
        for (let pause = 0; pause < pauses; pause++) await new Promise(setImmediate);
        expect((await bound.chat({ messages: user(`${agent} asks ${i}`) })).text).toBe(`${agent} ${i}`);
      }
    };
    await Promise.all([
      run('a', 0),
      run('b', 1),
      withAgent({ id: 'd' }, () => client.chat({ messages: user('?') })),
      run('c', 3),
    ]);
    expect(client.calls.find(({ agent }) => agent === 'd')?.step).toBe(61);
  });
});

it.each([[{}], [null], [{ reply: 'x', error: new Error('y') }], [7]])('refuses the step %j', (step) => {
  expect(() => createScriptedClient(['ok', step as unknown as ScriptedStep])).toThrow(/step 2/);
});
