import { expect, it } from 'vitest';
import { createLimiter } from '../src/index.ts';
import { hello, recordedClient, serve, sse, textChunk } from './support.ts';

const messages = [...hello];
const ok = JSON.stringify({
  model: 'm-1',
  choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 2 },
});

it('holds calls and streams at its concurrency, with the wait on record', async () => {
  let active = 0;
  let most = 0;
  await using server = await serve((request, response) => {
    most = Math.max(most, ++active);
    response.on('close', () => active--);
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () =>
      setTimeout(() => {
        const isStream = JSON.parse(body).stream === true;
        response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
        response.end(isStream ? `${sse(textChunk('ok', 'stop'))}data: [DONE]\n\n` : ok);
      }, 20),
    );
  });
  const limiter = createLimiter({ concurrency: 2 });
  const { client, events } = recordedClient(server.url, { gates: [limiter] });
  const calls = Array.from({ length: 10 }, (_, i) =>
    i % 2 === 0 ? client.chat({ messages }) : client.stream({ messages }).result(),
  );
  expect((await Promise.all(calls)).every(({ text }) => text === 'ok')).toBe(true);
  expect(most).toBe(2);
  expect(limiter.state).toEqual({ active: 0, waiting: 0 });
  const waits = events.filter((event) => event.type === 'attempt.start' && (event.waited_ms ?? 0) >= 15);
  expect(waits.length).toBeGreaterThanOrEqual(8);
});

it('waits for the reset that a provider tells instead of running into a 429, streams and errors included', async () => {
  const arrivals: number[] = [];
  await using server = await serve((request, response) => {
    request.resume();
    arrivals.push(performance.now());
    response.setHeader('content-type', 'application/json');
    if (arrivals.length === 1) {
      response.setHeader('x-ratelimit-remaining-requests', '0');
      response.setHeader('x-ratelimit-reset-requests', '200ms');
      response.end(ok);
    } else if (arrivals.length === 2) {
      response.writeHead(429, { 'retry-after-ms': '150' });
      response.end('{}');
    } else response.end(ok);
  });
  const { client, events } = recordedClient(server.url, { gates: [createLimiter()] });
  await client.chat({ messages });
  await expect(client.chat({ messages })).rejects.toMatchObject({ status: 429 });
  await client.chat({ messages });
  const [first = 0, second = 0, third = 0] = arrivals;
  expect(second - first).toBeGreaterThan(170);
  expect(third - second).toBeGreaterThan(120);
  const waits = events.flatMap((event) => (event.type === 'attempt.start' ? [event.waited_ms] : []));
  expect(waits[0]).toBeUndefined();
  expect(waits[1]).toBeGreaterThan(150);
});

it('ends a call that is aborted, or too late, while it waits: no attempt, nothing sent, its place free', async () => {
  const sent: (() => void)[] = [];
  await using server = await serve((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    sent.push(() => response.end(ok));
  });
  const limiter = createLimiter({ concurrency: 1 });
  const { client, events } = recordedClient(server.url, { gates: [limiter] });
  const first = client.chat({ messages });
  const enough = new Error('enough');
  const abort = new AbortController();
  const aborted = client.chat({ messages, signal: abort.signal });
  const late = client.chat({ messages, timeoutMs: 30 });
  abort.abort(enough);
  await expect(aborted).rejects.toBe(enough);
  await expect(late).rejects.toMatchObject({ code: 'timeout' });
  await expect.poll(() => sent.length).toBe(1);
  expect(limiter.state).toEqual({ active: 1, waiting: 0 });
  sent[0]?.();
  await first;
  expect(events.filter(({ type }) => type === 'attempt.start')).toHaveLength(1);
  expect(events.flatMap((event) => (event.type === 'call.end' ? [event.status] : []))).toEqual([
    'aborted',
    'timeout',
    'ok',
  ]);
});

it('keeps its count through a storm of aborts', async () => {
  let requests = 0;
  let active = 0;
  let most = 0;
  await using server = await serve((request, response) => {
    requests++;
    most = Math.max(most, ++active);
    response.on('close', () => active--);
    request.resume();
    response.setHeader('content-type', 'application/json');
    setTimeout(() => response.end(ok), requests % 7);
  });
  const limiter = createLimiter({ concurrency: 5 });
  const { client, events } = recordedClient(server.url, { gates: [limiter] });
  const calls = Array.from({ length: 300 }, (_, i) => {
    const abort = new AbortController();
    if (i % 3 === 0) setTimeout(() => abort.abort(new Error('enough')), i % 60);
    const agent = { id: `agent ${i % 4}` };
    const request = { messages, agent, signal: abort.signal };
    return i % 2 === 0 ? client.chat(request) : client.stream(request).result();
  });
  const results = await Promise.allSettled(calls);
  expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(50);
  expect(limiter.state).toEqual({ active: 0, waiting: 0 });
  expect(events.filter(({ type }) => type === 'call.end')).toHaveLength(300);
  const begun = events.filter(({ type }) => type === 'attempt.start').length;
  expect(events.filter(({ type }) => type === 'attempt.end')).toHaveLength(begun);
  expect(requests).toBeLessThanOrEqual(begun);
  // A connection that an abort has closed is noticed by the server a little later.
  expect(most).toBeLessThan(20);
});
