import type { ServerResponse } from 'node:http';
import type { LogEvent } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import {
  createLLMClient,
  estimateTokens,
  type LLMClientOptions,
  type Tokenizer,
  TruncatedReplyError,
} from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];
const prices = { 'custom/*': { input: 1, output: 10 } };
/** Three for the message, two for "hello". */
const INPUT = 5;

type Answer = (response: ServerResponse) => void;
const json =
  (body: object, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
const stream =
  (text: string): Answer =>
  (response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.write(text);
  };
const reply = (more: object = {}) =>
  json({ model: 'm', choices: [{ message: { content: 'x'.repeat(40) }, finish_reason: 'stop' }], ...more });

async function served(answer: Answer, options: Partial<LLMClientOptions> = {}) {
  const server = await serve((request, response) => {
    request.resume();
    answer(response);
  });
  return {
    ...recordedClient(server.url, { prices, ...options }),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

const last = (events: LogEvent[]) => events.at(-1) as Extract<LogEvent, { type: 'call.end' }>;

describe('what the provider did not count is estimated', () => {
  it('for a whole reply', async () => {
    await using it = await served(reply());
    const result = await it.client.chat({ messages });
    expect(result.usage).toEqual({ inputTokens: INPUT, outputTokens: 10, source: 'estimated' });
    expect(result.costUsd).toBe(0.000105);
    expect(last(it.events)).toMatchObject({ usage: { source: 'estimated' }, cost_usd: 0.000105 });
  });

  it('for a stream that is aborted before its first chunk, and in the middle: the input was paid for', async () => {
    await using silent = await served(() => {});
    const early = silent.client.chat({ messages, signal: AbortSignal.timeout(50) });
    await expect(early).rejects.toThrow();
    expect(last(silent.events)).toMatchObject({
      status: 'aborted',
      usage: { input_tokens: INPUT, output_tokens: 0, source: 'estimated' },
    });
    await using slow = await served(stream(sse(textChunk('x'.repeat(40)))));
    for await (const _ of slow.client.stream({ messages })) break;
    expect(last(slow.events)).toMatchObject({
      status: 'aborted',
      usage: { input_tokens: INPUT, output_tokens: 10, source: 'estimated' },
      cost_usd: 0.000105,
    });
  });

  it('for a call that takes too long, and one that is cut off', async () => {
    await using silent = await served(() => {}, { timeoutMs: 50 });
    await expect(silent.client.chat({ messages })).rejects.toThrow();
    expect(last(silent.events)).toMatchObject({ status: 'timeout', usage: { input_tokens: INPUT } });
    await using cut = await served((response) => response.end(sse(textChunk('x'.repeat(40)))));
    const error = await cut.client
      .stream({ messages })
      .result()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TruncatedReplyError);
    expect((error as TruncatedReplyError).partial).toMatchObject({
      usage: { inputTokens: INPUT, outputTokens: 10, source: 'estimated' },
      costUsd: 0.000105,
    });
    expect(last(cut.events)).toMatchObject({ status: 'truncated', usage: { output_tokens: 10 } });
  });

  it('for reasoning, tool calls, tools, several choices and pictures', async () => {
    const call = { id: 't', function: { name: 'add', arguments: '{"a":1}' } };
    const message = { content: null, reasoning_content: 'x'.repeat(40), tool_calls: [call] };
    const choices = [
      { index: 0, message, finish_reason: 'tool_calls' },
      { index: 1, message: { content: 'x'.repeat(40) }, finish_reason: 'stop' },
    ];
    await using it = await served(json({ choices }));
    const picture = {
      type: 'image_url' as const,
      image_url: { url: `data:image/png;base64,${'A'.repeat(1e5)}` },
    };
    const { usage } = await it.client.chat({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, picture] }],
      tools: [{ type: 'function', function: { name: 'add', parameters: { type: 'object' } } }],
    });
    expect(usage.outputTokens).toBeGreaterThanOrEqual(23);
    expect(usage.outputTokens).toBeLessThan(30);
    expect(usage.inputTokens).toBeGreaterThan(765 + 15);
    expect(usage.inputTokens).toBeLessThan(765 + 40);
  });

  it('with a tokenizer of one’s own, in pieces, and without it when it fails', async () => {
    let longest = 0;
    const words: Tokenizer = (text) => {
      longest = Math.max(longest, text.length);
      return text.split(' ').length;
    };
    await using it = await served(reply(), { estimateUsage: words });
    const result = await it.client.chat({ messages: [{ role: 'user', content: 'a '.repeat(10_000) }] });
    expect(result.usage).toMatchObject({ inputTokens: 10_003 + 5, outputTokens: 1 });
    expect(longest).toBe(4_096);
    for (const broken of [
      () => {
        throw new Error('<|endoftext|>');
      },
      () => Number.NaN,
      () => 'many' as never,
    ]) {
      await using other = await served(reply(), { estimateUsage: broken });
      expect((await other.client.chat({ messages })).usage).toMatchObject({ inputTokens: INPUT });
    }
  });
});

describe('nothing is estimated', () => {
  it('where the provider has counted, if only in part', async () => {
    await using it = await served(reply({ usage: { prompt_tokens: 9 } }));
    const { usage, costUsd } = await it.client.chat({ messages });
    expect(usage).toEqual({ inputTokens: 9, source: 'provider' });
    expect(costUsd).toBeUndefined();
  });

  it('for errors, and for what never reached a server', async () => {
    await using refused = await served(json({ error: { message: 'no' } }, 400));
    await expect(refused.client.chat({ messages })).rejects.toThrow();
    expect(last(refused.events)).toMatchObject({ usage: { source: 'none' } });
    expect(last(refused.events)).not.toHaveProperty('cost_usd');
    const nowhere = recordedClient('http://127.0.0.1:9/v1', { prices });
    await expect(nowhere.client.chat({ messages })).rejects.toThrow();
    expect(last(nowhere.events)).toMatchObject({ usage: { source: 'none' } });
    const keyless = recordedClient(undefined as never, {
      model: 'openai/gpt-5.4',
      baseURL: undefined as never,
    });
    await expect(keyless.client.chat({ messages })).rejects.toThrow(/OPENAI_API_KEY/);
    expect(last(keyless.events)).toMatchObject({ usage: { source: 'none' } });
  });

  it('if one does not want it', async () => {
    await using it = await served(reply(), { estimateUsage: false });
    const { usage, costUsd } = await it.client.chat({ messages });
    expect(usage).toEqual({ source: 'none' });
    expect(costUsd).toBeUndefined();
    expect(() => createLLMClient({ model: 'm', estimateUsage: 'yes' as never })).toThrow(RangeError);
  });
});

describe('the cost', () => {
  it('is what the provider says it is', async () => {
    await using it = await served(reply({ usage: { prompt_tokens: 1, completion_tokens: 1, cost: 0.25 } }));
    expect((await it.client.chat({ messages })).costUsd).toBe(0.25);
  });

  it('is not known for a call of which a part has no price', async () => {
    let requests = 0;
    await using it = await served(
      (response) => {
        const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
        const finish_reason = requests++ === 0 ? null : 'stop';
        const model = requests === 1 ? 'unheard-of' : 'm';
        json({ model, choices: [{ message: { content: 'x' }, finish_reason }], usage })(response);
      },
      { retry: { baseDelayMs: 0 }, prices: { 'custom/m': { input: 1, output: 1 } } },
    );
    const result = await it.client.chat({ messages });
    expect(result).toMatchObject({ attempts: 2, costUsd: undefined, usage: { inputTokens: 2_000_000 } });
    const ends = it.events.filter(({ type }) => type === 'attempt.end') as { cost_usd?: number }[];
    expect(ends.map(({ cost_usd }) => cost_usd)).toEqual([undefined, 1]);
    expect(last(it.events)).not.toHaveProperty('cost_usd');
  });

  it('is that of the service tier which served', async () => {
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
    await using it = await served(reply({ usage, service_tier: 'flex' }), {
      prices: { 'custom/*': { input: 1, output: 1, serviceTiers: { flex: 0.5 } } },
    });
    expect((await it.client.chat({ messages })).costUsd).toBe(0.5);
  });

  it('of prices that make no sense keeps the client from being made', () => {
    const make = () => createLLMClient({ model: 'm', prices: { 'openai/m': { input: -1 } } });
    expect(make).toThrow(/"openai\/m" has input -1/);
  });
});

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['The quick brown fox jumps over the lazy dog.', 11],
    ['2026-11-22', 5],
    ['我们需要考虑这个问题的各个方面', 10],
    ['\ud800', 1],
  ])('%s', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
