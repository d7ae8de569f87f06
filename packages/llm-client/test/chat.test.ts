import { withAgent } from '@pd/call-log/context';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import {
  CallTimeoutError,
  ConnectionError,
  createLLMClient,
  LLMClientError,
  MalformedReplyError,
  MissingKeyError,
  ProviderError,
  TruncatedReplyError,
} from '../src/index.ts';
import { hello, recordedClient, serve } from './support.ts';

const messages = [...hello];
const EVENTS = ['call.start', 'attempt.start', 'attempt.end', 'call.end'];

describe('chat', () => {
  it('resolves with the reply after its end is on record', async () => {
    await using server = await startOfflineServer();
    const { client, events, types } = recordedClient(server.url, { model: 'stand-in-1' });
    const result = await client.chat({ messages, temperature: 0.5, metadata: { tag: 'x' } });
    expect(types()).toEqual(EVENTS);
    expect(result.text).not.toBe('');
    expect(result).toMatchObject({ finishReason: 'stop', finishReasonRaw: 'stop', model: 'stand-in-1' });
    const [start, , attempt, end] = events;
    expect(start).toMatchObject({
      call_id: result.callId,
      model: 'stand-in-1',
      messages,
      parameters: { temperature: 0.5 },
      metadata: { tag: 'x' },
    });
    expect(attempt).toMatchObject({ status: 'ok', http_status: 200, model: 'stand-in-1' });
    expect(end).toMatchObject({ status: 'ok', reply: { message: { content: result.text } } });
    expect(server.requests.map(({ usage }) => usage)).toMatchObject([
      { prompt_tokens: result.usage.inputTokens, completion_tokens: result.usage.outputTokens },
    ]);
  });

  it('sends the parameters and the extra ones, and keeps its own fields off the wire', async () => {
    let body: Record<string, unknown> = {};
    await using server = await serve((request, response) => {
      let text = '';
      request.on('data', (data) => (text += data));
      request.on('end', () => {
        body = JSON.parse(text);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }));
      });
    });
    const { client } = recordedClient(server.url);
    await client.chat({
      messages,
      seed: 7,
      extra: { top_k: 3 },
      metadata: { a: 1 },
      agent: { id: 'a' },
      timeoutMs: 5000,
      parentCallId: 'p',
    });
    expect(body).toEqual({ model: 'm', messages, seed: 7, top_k: 3, stream: false });
  });

  it.each([
    [400, 'bad_request'],
    [401, 'authentication'],
    [403, 'permission'],
    [404, 'not_found'],
    [429, 'rate_limit'],
    [500, 'server_error'],
    [503, 'server_error'],
  ])('turns HTTP %i into %s, asking once', async (status, code) => {
    let requests = 0;
    await using server = await serve((_request, response) => {
      requests++;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'no', type: 't', code: 'c' } }));
    });
    const { client, events, types } = recordedClient(server.url);
    const error = await client.chat({ messages }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code, status, providerCode: 'c' });
    expect(LLMClientError.isInstance(error)).toBe(true);
    expect(requests).toBe(1);
    expect(types()).toEqual(EVENTS);
    expect(events[3]).toMatchObject({ status: 'error', error: { type: 'ProviderError', code, status } });
    expect((error as ProviderError).callId).toBe((events[0] as { call_id: string }).call_id);
  });

  it('names the server that cannot be reached', async () => {
    const { client, types } = recordedClient('http://127.0.0.1:1/v1');
    const error = await client.chat({ messages }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(
      /cannot reach http:\/\/127\.0\.0\.1:1\/v1: .*(ECONNREFUSED|bad port)/,
    );
    expect(types()).toEqual(EVENTS);
  });

  it('ends a call whose connection breaks in the middle', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"choices": [');
      response.socket?.destroy();
    });
    const { client, events } = recordedClient(server.url);
    await expect(client.chat({ messages })).rejects.toBeInstanceOf(ConnectionError);
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'error' });
  });

  it.each([
    ['an HTML page', 'text/html', '<html>hi</html>'],
    ['broken JSON', 'application/json', '{"choices": ['],
    ['JSON of another kind', 'application/json', '{"ok":true}'],
    ['nothing', 'application/json', ''],
  ])('says so when the answer is %s', async (_what, type, body) => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    });
    const { client, events } = recordedClient(server.url);
    await expect(client.chat({ messages })).rejects.toBeInstanceOf(MalformedReplyError);
    expect(events.at(-1)).toMatchObject({
      type: 'call.end',
      status: 'error',
      error: { code: 'malformed_reply' },
    });
  });

  it('does not take a reply without a finish reason for an answer', async () => {
    await using server = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ choices: [{ message: { content: 'half a' }, finish_reason: null }] }));
    });
    const { client, events } = recordedClient(server.url);
    const error = await client.chat({ messages }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TruncatedReplyError);
    expect((error as TruncatedReplyError).partial.text).toBe('half a');
    expect(events.at(-1)).toMatchObject({ status: 'truncated', reply: { partial: true } });
  });

  it('rethrows the reason of an abort, before and during the request', async () => {
    await using server = await serve(() => {});
    const { client, events } = recordedClient(server.url);
    const early = new Error('never mind');
    await expect(client.chat({ messages, signal: AbortSignal.abort(early) })).rejects.toBe(early);
    const controller = new AbortController();
    const late = { any: 'reason' };
    const call = client.chat({ messages, signal: controller.signal });
    setImmediate(() => controller.abort(late));
    await expect(call).rejects.toBe(late);
    const endings = events.filter(({ type }) => type === 'call.end');
    expect(endings).toMatchObject([{ status: 'aborted' }, { status: 'aborted' }]);
  });

  it('ends by itself when the time is up', async () => {
    await using server = await serve(() => {});
    const { client, events } = recordedClient(server.url);
    await expect(client.chat({ messages, timeoutMs: 50 })).rejects.toBeInstanceOf(CallTimeoutError);
    expect(events.at(-1)).toMatchObject({ status: 'timeout', error: { code: 'timeout' } });
  });

  it('names the variable of a missing key and sends nothing', async () => {
    const { client, events } = recordedClient('', { model: 'groq/x', baseURL: undefined as never });
    const error = await client.chat({ messages }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MissingKeyError);
    expect((error as Error).message).toContain('GROQ_API_KEY');
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'error' });
  });

  it('reads no environment variable of the SDK', async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    await using server = await serve((request, response) => {
      headers = request.headers;
      response.statusCode = 500;
      response.end();
    });
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_API_KEY: 'from-env',
      OPENAI_ORG_ID: 'org',
      OPENAI_PROJECT_ID: 'proj',
      OPENAI_BASE_URL: 'http://127.0.0.1:1',
    });
    try {
      await recordedClient(server.url)
        .client.chat({ messages })
        .catch(() => {});
    } finally {
      process.env = before;
    }
    expect(headers.authorization).toBe('Bearer none');
    expect(headers).not.toHaveProperty('openai-organization');
    expect(headers).not.toHaveProperty('openai-project');
  });

  it('goes on when the logger throws or rejects, and tells of it', async () => {
    await using server = await startOfflineServer();
    const told: unknown[] = [];
    const loggers = [
      () => {
        throw new Error('sync');
      },
      async () => {
        throw new Error('async');
      },
    ];
    for (const logger of loggers) {
      const client = createLLMClient({
        model: 'stand-in-1',
        baseURL: server.url,
        logger,
        onLoggerError: (e) => told.push(e),
      });
      await expect(client.chat({ messages })).resolves.toMatchObject({ finishReason: 'stop' });
    }
    await new Promise(setImmediate);
    expect(told).toHaveLength(8);
  });

  it('gives bound clients their agent, metadata and model', async () => {
    await using server = await startOfflineServer();
    const { client, events } = recordedClient(server.url, { metadata: { a: 1, b: 1 } });
    const bound = client.bind({ agent: { id: 'planner' }, metadata: { b: 2 }, model: 'stand-in-1' });
    await bound.chat({ messages, metadata: { c: 3 } });
    await withAgent({ id: 'other' }, () => bound.chat({ messages, agent: { id: 'named' } }));
    const starts = events.filter(({ type }) => type === 'call.start');
    expect(starts).toMatchObject([
      {
        agent: { id: 'planner' },
        agent_source: 'binding',
        metadata: { a: 1, b: 2, c: 3 },
        model: 'stand-in-1',
      },
      { agent: { id: 'named' }, agent_source: 'explicit' },
    ]);
  });
});

describe('what a key is for', () => {
  const refuse = () =>
    serve((_request, response) => {
      response.statusCode = 500;
      response.end();
    });

  it('is the server it was given for, and no other', async () => {
    const asked: { url: string; headers: Headers }[] = [];
    const spy: typeof fetch = async (url, init) => {
      asked.push({ url: String(url), headers: new Headers(init?.headers) });
      return new Response('{}', { status: 500 });
    };
    const client = createLLMClient({
      model: 'openai/gpt-5.4-mini',
      apiKey: 'key-of-openai',
      headers: { 'x-mine': 'yes' },
      fetch: spy,
      retry: false,
    });
    await client.chat({ messages }).catch(() => {});
    await expect(client.chat({ messages, model: 'groq/llama' })).rejects.toBeInstanceOf(MissingKeyError);
    await client
      .bind({ model: 'ollama/llama' })
      .chat({ messages })
      .catch(() => {});
    expect(
      asked.map(({ url, headers }) => [url, headers.get('authorization'), headers.get('x-mine')]),
    ).toEqual([
      ['https://api.openai.com/v1/chat/completions', 'Bearer key-of-openai', 'yes'],
      ['http://127.0.0.1:11434/v1/chat/completions', 'Bearer none', null],
    ]);
  });

  it('goes to one’s own server whatever the model is called', async () => {
    await using server = await refuse();
    const { client, events } = recordedClient(server.url, { model: 'openai/gpt-oss-20b' });
    await expect(client.chat({ messages })).rejects.toMatchObject({ code: 'server_error' });
    expect(events[0]).toMatchObject({ provider: 'custom', model: 'openai/gpt-oss-20b' });
  });
});

describe('what is recorded', () => {
  it('is what is sent, whatever the caller does with its objects meanwhile', async () => {
    await using server = await startOfflineServer();
    const { client, events } = recordedClient(server.url, { model: 'stand-in-1' });
    const mine = [{ role: 'user' as const, content: 'before' }];
    const call = client.chat({ messages: mine });
    mine.push({ role: 'user', content: 'later' });
    Object.assign(mine[0] ?? {}, { content: 'changed' });
    await call;
    expect(events[0]).toMatchObject({ messages: [{ role: 'user', content: 'before' }] });
    // One token for every four characters.
    expect(server.totals.promptTokens).toBe(Math.ceil('before'.length / 4));
  });

  it('has no end before its time: a limit beyond what a timer can wait is none', async () => {
    await using server = await startOfflineServer();
    const { client } = recordedClient(server.url, {
      model: 'stand-in-1',
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    await expect(client.chat({ messages })).resolves.toMatchObject({ finishReason: 'stop' });
  });

  it('leaves the reason of the caller’s abort as it is', async () => {
    const reason = Object.freeze(new MissingKeyError('p', ['V']));
    const { client, events } = recordedClient('http://127.0.0.1:1/v1');
    await expect(client.chat({ messages, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(events.at(-1)).toMatchObject({ type: 'call.end', status: 'aborted' });
  });
});
