import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface ReceivedRequest {
  path: string;
  body: { model: string; messages?: ChatMessage[]; stream?: boolean; [field: string]: unknown };
}

export interface ModelServer extends AsyncDisposable {
  /** For `baseURL`. */
  url: string;
  /** In the order they came. */
  requests: ReceivedRequest[];
}

export interface ChatMessage {
  role: string;
  content: unknown;
  [field: string]: unknown;
}

interface Tool {
  name?: string;
  function?: { name: string };
}

/**
 * A model on a loopback port that speaks chat completions: it calls the tool that the user's text names (`use <tool>`,
 * with the rest of the line as its input) and says what came of it, answers everything else with an echo, fails with
 * status 500 as the model `broken`, and streams word by word.
 */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const received: ReceivedRequest = { path: request.url ?? '', body: JSON.parse(text) };
    requests.push(received);
    answer(received, requests.length, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer({ body }: ReceivedRequest, number: number, response: ServerResponse): void {
  if (body.model === 'broken') {
    send(response, 500, { error: { message: 'the model fell over', type: 'server_error' } });
    return;
  }
  const head = { id: `chatcmpl-${number}`, model: `${body.model}-served`, created: 1 };
  const { message, finish_reason } = reply(body.messages ?? [], (body.tools ?? []) as Tool[], number);
  const usage = { prompt_tokens: 10 + number, completion_tokens: number, total_tokens: 10 + 2 * number };
  if (body.stream !== true) {
    const choices = [{ index: 0, message, finish_reason }];
    send(response, 200, { ...head, object: 'chat.completion', choices, usage });
    return;
  }
  const chunk = (choices: object[], more = {}) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const { tool_calls, content } = message;
  if (tool_calls !== undefined)
    response.write(chunk([{ index: 0, delta: { role: 'assistant', tool_calls: tool_calls.map((call, index) => ({ ...call, index })) } }]));
  for (const word of (content ?? '').match(/\S+\s*/g) ?? [])
    response.write(chunk([{ index: 0, delta: { role: 'assistant', content: word } }]));
  response.write(chunk([{ index: 0, delta: {}, finish_reason }]));
  const { include_usage = false } = (body.stream_options ?? {}) as { include_usage?: boolean };
  if (include_usage) response.write(chunk([], { usage }));
  response.end('data: [DONE]\n\n');
}

interface Reply {
  message: {
    role: 'assistant';
    content: string | null;
    tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  };
  finish_reason: 'stop' | 'tool_calls';
}

function reply(messages: ChatMessage[], tools: Tool[], number: number): Reply {
  const said = messages.at(-1);
  const text = plain(said?.content);
  const [, wanted, input = ''] = /use (\w+) ?(.*)/.exec(text) ?? [];
  const tool = tools.find((one) => (one.function?.name ?? one.name) === wanted);
  if (said?.role === 'user' && wanted !== undefined && tool !== undefined) {
    const call = { name: wanted, arguments: JSON.stringify(wanted.startsWith('transfer') ? {} : { input }) };
    return {
      message: { role: 'assistant', content: null, tool_calls: [{ id: `call_${number}`, type: 'function', function: call }] },
      finish_reason: 'tool_calls',
    };
  }
  return { message: { role: 'assistant', content: `You said: ${text}` }, finish_reason: 'stop' };
}

function plain(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content) ?? '';
  return content.map((part: { text?: string }) => part.text ?? '').join('');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
