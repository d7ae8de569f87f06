import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request is answered with. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

export interface TestServer extends AsyncDisposable {
  url: string;
  /** The bodies of the requests it has got, in order. */
  requests: Record<string, unknown>[];
  /** How the next requests are answered; the last answer stays. */
  answer(...answers: Answer[]): void;
}

/** A server on a loopback port that answers as it is told. */
export async function startTestServer(...first: Answer[]): Promise<TestServer> {
  let answers = first;
  const requests: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    requests.push(body === '' ? {} : JSON.parse(body));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    await answer?.(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answer: (...next) => {
      answers = next;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };

/** Sends the events in one piece, and hangs up without an end when `cut` says so. */
export const events =
  (values: readonly unknown[], end: 'done' | 'end' | 'reset' | 'hang' = 'done'): Answer =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');
    await new Promise((written) => response.write(text, written));
    if (end === 'done') response.write('data: [DONE]\n\n');
    if (end === 'reset') setImmediate(() => response.destroy());
    else if (end !== 'hang') response.end();
  };

/** Never answers. */
export const silence: Answer = () => {};
/** Hangs up. */
export const reset: Answer = (response) => {
  response.destroy();
};

export const tooMany = (retryAfter: Record<string, string> = { 'retry-after-ms': '5' }): Answer =>
  json({ error: { message: 'slow down', type: 'rate_limit', code: 'rate_limit_exceeded' } }, 429, retryAfter);

export const completion = (content = 'Bonjour.', more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'served-1',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  ...more,
});

export const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  model: 'served-1',
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
});

export const words = (...texts: string[]) => texts.map((content) => chunk({ role: 'assistant', content }));
export const stop = chunk({}, 'stop');

export const response = (more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  model: 'served-1',
  status: 'completed',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Bonjour.', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 7,
    input_tokens_details: { cached_tokens: 2 },
    output_tokens: 3,
    output_tokens_details: { reasoning_tokens: 1 },
    total_tokens: 10,
  },
  ...more,
});
