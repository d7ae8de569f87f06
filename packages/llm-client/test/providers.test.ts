import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  createLLMClient,
  type LLMClientOptions,
  MissingKeyError,
  ProviderError,
  UnknownProviderError,
} from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];
const whole = { model: 'm-1', choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] };

interface Received {
  url: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown> & { messages: Record<string, unknown>[] };
}

/** A server that answers a stream with these events, and everything else with this reply. */
async function standIn({
  events = sse(textChunk('ok', 'stop')),
  reply = whole as object,
  status = 200,
} = {}) {
  const received: Received[] = [];
  const server = await serve(async (request, response) => {
    const body = JSON.parse(await text(request));
    received.push({ url: request.url ?? '', headers: request.headers, body });
    const streams = body.stream === true && status === 200;
    response.writeHead(status, { 'content-type': streams ? 'text/event-stream' : 'application/json' });
    response.end(streams ? events : JSON.stringify(reply));
  });
  return { ...server, url: server.url, received };
}

/** A client that speaks to that server as to the provider. */
const as = (provider: string, baseURL: string, options: Partial<LLMClientOptions> = {}) =>
  recordedClient(baseURL, { provider, ...options });

describe('the usage of a stream', () => {
  it.each([
    'openai',
    'groq',
    'xai',
    'deepseek',
    'anthropic',
    'gemini',
    'openrouter',
    'together',
    'cerebras',
    'ollama',
    'vllm',
    'lmstudio',
    'litellm',
    'custom',
  ])('is asked for at %s, and on record', async (provider) => {
    await using server = await standIn();
    const { client, events } = as(provider, server.url);
    await client.stream({ messages }).result();
    expect(server.received[0]?.body).toMatchObject({ stream_options: { include_usage: true } });
    expect(events[0]).toMatchObject({
      parameters: { stream: true, stream_options: { include_usage: true } },
    });
  });

  it.each(['mistral', 'fireworks', 'perplexity'])(
    'is not asked for at %s, which sends it anyway',
    async (provider) => {
      await using server = await standIn();
      const { client, events } = as(provider, server.url);
      await client.stream({ messages }).result();
      expect(server.received[0]?.body).not.toHaveProperty('stream_options');
      expect(events[0]).toHaveProperty('parameters', { stream: true });
    },
  );

  it('is asked for anyway when the caller does', async () => {
    await using server = await standIn();
    const stream_options = { include_usage: true, include_obfuscation: false };
    await as('mistral', server.url).client.stream({ messages, extra: { stream_options } }).result();
    await as('openai', server.url).client.stream({ messages, extra: { stream_options } }).result();
    expect(server.received.map(({ body }) => body.stream_options)).toEqual([stream_options, stream_options]);
  });
});

describe('azure', () => {
  it('gets its key in a header of its own, and no bearer token', async () => {
    await using server = await standIn();
    await as('azure', server.url, { apiKey: 'k-1', model: 'my-deployment' }).client.chat({ messages });
    expect(server.received[0]?.headers).toMatchObject({ 'api-key': 'k-1' });
    expect(server.received[0]?.headers).not.toHaveProperty('authorization');
    expect(server.received[0]?.body.model).toBe('my-deployment');
  });

  it('takes a token of Entra ID instead', async () => {
    await using server = await standIn();
    const headers = { Authorization: 'Bearer entra' };
    await as('azure', server.url, { headers }).client.chat({ messages });
    expect(server.received[0]?.headers).toMatchObject({ authorization: 'Bearer entra' });
  });

  it('wants one of both', async () => {
    const { client } = as('azure', 'http://127.0.0.1:9/openai/v1');
    const error = await client.chat({ messages }).catch((cause) => cause);
    expect(error).toBeInstanceOf(MissingKeyError);
    expect(error.variables).toEqual(['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY']);
    expect(error.message).toContain('AZURE_OPENAI_API_KEY or AZURE_API_KEY');
  });

  it.each([
    ['2024-10-21', true],
    ['2023-05-15', false],
  ])('of version %s is asked for usage: %s', async (version, asked) => {
    await using server = await standIn();
    const { client } = as('azure', `${server.url}/deployments/d?api-version=${version}`, { apiKey: 'k' });
    await client.stream({ messages }).result();
    expect(server.received[0]?.url).toBe(`/v1/deployments/d/chat/completions?api-version=${version}`);
    expect('stream_options' in (server.received[0]?.body ?? {})).toBe(asked);
  });

  it('is asked by its name, once its URL is known', async () => {
    await using server = await standIn();
    const client = createLLMClient({
      model: 'azure/gpt-5',
      apiKey: 'k',
      providers: { azure: { baseURL: server.url } },
    });
    await client.chat({ messages });
    expect(server.received[0]).toMatchObject({ headers: { 'api-key': 'k' }, body: { model: 'gpt-5' } });
  });

  it('begins a stream with a chunk of nothing but filter results', async () => {
    const filtered = {
      id: '',
      model: '',
      object: '',
      choices: [],
      prompt_filter_results: [{ prompt_index: 0 }],
    };
    await using server = await standIn({ events: sse(filtered, textChunk('hi'), textChunk('', 'stop')) });
    const result = await as('azure', server.url, { apiKey: 'k' }).client.stream({ messages }).result();
    expect(result).toMatchObject({ text: 'hi', model: 'm-1', id: 'c' });
  });
});

describe('the reasoning of earlier replies', () => {
  const said = { role: 'assistant' as const, content: 'ok', reasoning_content: 'hm', reasoning: 'hm' };
  const history = [...messages, said, ...messages];

  it.each(['groq', 'cerebras', 'mistral'])('is left out at %s, which refuses it', async (provider) => {
    await using server = await standIn();
    const { client, events } = as(provider, server.url);
    await client.chat({ messages: history });
    expect(server.received[0]?.body.messages[1]).toEqual({ role: 'assistant', content: 'ok' });
    expect(events[0]).toMatchObject({ messages: [{}, { role: 'assistant', content: 'ok' }, {}] });
    expect(said).toHaveProperty('reasoning_content');
  });

  it('goes back to DeepSeek, which wants it', async () => {
    await using server = await standIn();
    await as('deepseek', server.url).client.chat({ messages: history });
    expect(server.received[0]?.body.messages[1]).toEqual(said);
  });
});

describe('a stream of', () => {
  it('perplexity has the whole message so far in every chunk, and the usage so far', async () => {
    const chunk = (message: string, delta: string | undefined, finish_reason: string | null = null) => ({
      choices: [
        {
          index: 0,
          finish_reason,
          message: { role: 'assistant', content: message },
          ...(delta !== undefined && { delta: { content: delta } }),
        },
      ],
      usage: { prompt_tokens: 14, completion_tokens: message.length },
    });
    await using server = await standIn({
      events: sse(chunk('There', 'There'), chunk('There are', ' are'), chunk('There are', undefined, 'stop')),
    });
    const result = await as('perplexity', server.url).client.stream({ messages }).result();
    expect(result).toMatchObject({ text: 'There are', usage: { inputTokens: 14, outputTokens: 9 } });
  });

  it('gemini numbers all its tool calls 0', async () => {
    const call = (id: string, city: string) => ({
      index: 0,
      id,
      type: 'function',
      function: { name: 'w', arguments: `{"city":"${city}"}` },
    });
    const chunk = (tool_calls: object[], finish_reason: string | null = null) => ({
      choices: [{ index: 0, delta: { tool_calls }, finish_reason }],
    });
    await using server = await standIn({
      events: sse(chunk([call('a', 'Rome')]), chunk([call('b', 'Oslo')], 'tool_calls')),
    });
    const { message } = await as('gemini', server.url).client.stream({ messages }).result();
    expect(message.tool_calls).toMatchObject([
      { function: { arguments: '{"city":"Rome"}' } },
      { function: { arguments: '{"city":"Oslo"}' } },
    ]);
  });

  it('mistral has its content in parts, and the thinking in one of them', async () => {
    const chunk = (content: unknown, finish_reason: string | null = null) => ({
      choices: [{ index: 0, delta: { content }, finish_reason }],
    });
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] };
    await using server = await standIn({
      events: sse(chunk([thinking]), chunk([{ type: 'text', text: 'Hello' }]), chunk('!', 'stop')),
    });
    const { text: said, message } = await as('mistral', server.url).client.stream({ messages }).result();
    expect(said).toBe('Hello!');
    expect(message).toMatchObject({ reasoning_content: 'hm' });
  });

  it('deepseek has its reasoning beside the content', async () => {
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      choices: [{ index: 0, delta, finish_reason }],
    });
    await using server = await standIn({
      events: sse(
        chunk({ content: null, reasoning_content: 'We' }),
        chunk({ content: 'Three', reasoning_content: null }, 'stop'),
      ),
    });
    const parts = [];
    for await (const part of as('deepseek', server.url).client.stream({ messages })) parts.push(part);
    expect(parts.slice(0, 2)).toEqual([
      { type: 'reasoning-delta', text: 'We' },
      { type: 'text-delta', text: 'Three' },
    ]);
  });

  it('groq may have its usage under x_groq alone', async () => {
    const last = {
      ...textChunk('', 'stop'),
      x_groq: { id: 'req', usage: { prompt_tokens: 45, completion_tokens: 6 } },
    };
    await using server = await standIn({ events: sse(textChunk('hi'), last) });
    const { usage } = await as('groq', server.url).client.stream({ messages }).result();
    expect(usage).toMatchObject({ inputTokens: 45, outputTokens: 6, source: 'provider' });
  });

  it('xai has its reasoning tokens beside the completion’s', async () => {
    const usage = {
      prompt_tokens: 291,
      completion_tokens: 26,
      total_tokens: 513,
      completion_tokens_details: { reasoning_tokens: 196 },
    };
    await using server = await standIn({ events: sse(textChunk('hi', 'stop'), { choices: [], usage }) });
    const result = await as('xai', server.url).client.stream({ messages }).result();
    expect(result.usage).toMatchObject({ outputTokens: 222, reasoningOutputTokens: 196 });
  });

  it('openrouter has comments in it', async () => {
    const events = `: OPENROUTER PROCESSING\n\n${sse(textChunk('hi'))}: OPENROUTER PROCESSING\n\n${sse(textChunk('', 'stop'))}`;
    await using server = await standIn({ events });
    expect(await as('openrouter', server.url).client.stream({ messages }).result()).toMatchObject({
      text: 'hi',
    });
  });

  it.each<[string, object]>([
    [
      'beside the choices',
      {
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      },
    ],
    [
      'in a choice',
      {
        choices: [
          {
            index: 0,
            delta: { content: '' },
            finish_reason: 'error',
            error: { code: 502, message: 'Provider disconnected' },
          },
        ],
      },
    ],
  ])('openrouter may fail in the middle, with an error %s', async (_where, failed) => {
    await using server = await standIn({ events: sse(textChunk('hi'), failed) });
    const { client, events } = as('openrouter', server.url);
    const error = await client
      .stream({ messages })
      .result()
      .catch((cause) => cause);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      code: 'server_error',
      providerCode: '502',
      status: undefined,
      message: 'Provider disconnected',
    });
    expect(events.at(-1)).toMatchObject({
      type: 'call.end',
      status: 'error',
      reply: { message: { content: 'hi' }, partial: true },
    });
  });

  it('a server without finish reasons is whole when it ends, if it is said to be such a one', async () => {
    await using server = await standIn({
      events: sse(textChunk('hi'), textChunk(' you')),
      reply: { choices: [{ message: { content: 'hi' } }] },
    });
    const providers = { mine: { baseURL: server.url, capabilities: { finishReason: false } } };
    const client = createLLMClient({ model: 'mine/m', providers });
    expect(await client.stream({ messages }).result()).toMatchObject({
      text: 'hi you',
      finishReason: 'other',
      finishReasonRaw: 'end_of_reply',
    });
    expect(await client.chat({ messages })).toMatchObject({ text: 'hi', finishReasonRaw: 'end_of_reply' });
    const strict = recordedClient(server.url);
    await expect(strict.client.stream({ messages }).result()).rejects.toMatchObject({ code: 'truncated' });
  });
});

describe('an error', () => {
  it('of openrouter may come with status 200', async () => {
    await using server = await standIn({ reply: { error: { code: 429, message: 'slow down' } } });
    await expect(as('openrouter', server.url).client.chat({ messages })).rejects.toMatchObject({
      code: 'rate_limit',
      providerCode: '429',
    });
  });

  it.each<[string, number, unknown, object]>([
    [
      'mistral',
      400,
      { object: 'error', message: "Unexpected role 'user' after role 'tool'", code: '3230' },
      { code: 'bad_request', providerCode: '3230', message: /Unexpected role/ },
    ],
    [
      'cerebras',
      400,
      { message: 'Current length is 9000 while limit is 8192', code: 'wrong_api_format' },
      { code: 'context_length' },
    ],
    [
      'xai',
      403,
      { code: 'The caller does not have permission', error: 'Content violates usage guidelines.' },
      { code: 'content_filter' },
    ],
    [
      'gemini',
      400,
      [
        {
          error: {
            code: 400,
            message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).',
          },
        },
      ],
      { code: 'context_length' },
    ],
    [
      'perplexity',
      400,
      { error: { message: 'roles should be alternating', type: 'invalid_message', code: 400 } },
      { code: 'bad_request', providerCode: '400' },
    ],
    [
      'vllm',
      400,
      { object: 'error', message: "This model's maximum context length is 8192 tokens." },
      { code: 'context_length' },
    ],
  ])('of %s is read in its own form', async (provider, status, reply, expected) => {
    await using server = await standIn({ status, reply: reply as object });
    const error = await as(provider, server.url)
      .client.chat({ messages })
      .catch((cause) => cause);
    const { message, ...rest } = expected as { message?: RegExp };
    expect(error).toMatchObject({ name: 'ProviderError', status, ...rest });
    if (message !== undefined) expect(error.message).toMatch(message);
  });
});

describe('keys', () => {
  it('of a provider do not go to a server that is only called like it', async () => {
    await using server = await standIn();
    const { client } = as('openai', server.url, { apiKeys: { openai: 'sk-real' } });
    await client.chat({ messages });
    expect(server.received[0]?.headers.authorization).not.toContain('sk-real');
  });

  it('of a provider without a URL of its own do', async () => {
    await using server = await standIn();
    const { client } = as('azure', server.url, { apiKeys: { azure: 'k-2' } });
    await client.chat({ messages });
    expect(server.received[0]?.headers['api-key']).toBe('k-2');
  });
});

describe('options', () => {
  it('give bare names to the default provider', async () => {
    await using server = await standIn();
    const client = createLLMClient({
      model: 'm-1',
      defaultProvider: 'mine',
      providers: { mine: { baseURL: server.url } },
    });
    await client.chat({ messages });
    await client.chat({ messages, model: 'mine/m-2' });
    expect(server.received.map(({ body }) => body.model)).toEqual(['m-1', 'm-2']);
  });

  it('that make no sense are refused when the client is made', () => {
    const make = (options: object) => () =>
      createLLMClient({ model: 'm', baseURL: 'http://127.0.0.1:9/v1', ...options });
    expect(make({ defaultProvider: 'acme' })).toThrow(UnknownProviderError);
    expect(make({ providers: { 'a/b': {} } })).toThrow(RangeError);
    expect(make({ history: 'mend' })).toThrow(/'validate', 'repair' or 'send'/);
  });
});
