import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it, and what it answered. */
export interface Exchange {
  model: string;
  messages: ChatMessage[];
  status: number;
  /** Absent when the request failed. */
  id?: string;
  reply?: Reply;
  usage?: { prompt_tokens: number; completion_tokens: number };
}

export interface ModelServer extends AsyncDisposable {
  /** For `baseURL`. */
  url: string;
  /** In the order in which the requests came. */
  exchanges: Exchange[];
}

export interface ChatMessage {
  role: string;
  content?: unknown;
  [field: string]: unknown;
}

interface Reply extends ChatMessage {
  role: 'assistant';
  content: string | null;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
}

interface Request {
  model: string;
  messages: ChatMessage[];
  tools?: { function: { name: string } }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

/**
 * A model on a loopback port that speaks chat completions. It calls the tool that the user's text names (`use <tool>`,
 * with the rest of the line as its input), answers everything else with an echo, fails with status 500 as the model
 * `broken`, and streams word by word. Usage differs from request to request.
 */
export async function startModelServer(): Promise<ModelServer> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body: Request = JSON.parse(text);
    const exchange = answer(body, exchanges.length + 1);
    exchanges.push(exchange);
    if (exchange.reply === undefined) sendError(response);
    else if (body.stream === true) sendStream(response, exchange, body.stream_options?.include_usage);
    else sendWhole(response, exchange);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    exchanges,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer({ model, messages, tools = [] }: Request, number: number): Exchange {
  if (model === 'broken') return { model, messages, status: 500 };
  const said = messages.at(-1);
  const text = plainText(said?.content);
  const [, wanted = '', input = ''] = /use (\w+) ?(.*)/.exec(text) ?? [];
  const tool = said?.role === 'user' ? tools.find((one) => one.function.name === wanted) : undefined;
  const usage = { prompt_tokens: 10 + number, completion_tokens: number };
  const answered = { model, messages, status: 200, id: `chatcmpl-${number}`, usage };
  if (tool === undefined) return { ...answered, reply: { role: 'assistant', content: `You said: ${text}` } };
  const called = { name: wanted, arguments: JSON.stringify(input === '' ? {} : { input }) };
  const call = { id: `call_${number}`, type: 'function', function: called } as const;
  return { ...answered, reply: { role: 'assistant', content: null, tool_calls: [call] } };
}

function sendError(response: ServerResponse): void {
  response.writeHead(500, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: 'the model fell over', type: 'server_error' } }));
}

function sendWhole(response: ServerResponse, { id, model, reply, usage }: Exchange): void {
  const choices = [{ index: 0, message: reply, finish_reason: finishReason(reply) }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id, object: 'chat.completion', created: 1, model, choices, usage }));
}

function sendStream(response: ServerResponse, exchange: Exchange, withUsage = false): void {
  const { id, model, reply, usage } = exchange;
  const send = (choices: object[], more = {}) => {
    const chunk = { id, object: 'chat.completion.chunk', created: 1, model, choices, ...more };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  const delta = (value: object, reason: string | null = null) =>
    send([{ index: 0, delta: value, finish_reason: reason }]);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const calls = reply?.tool_calls?.map((call, index) => ({ ...call, index }));
  if (calls !== undefined) delta({ role: 'assistant', tool_calls: calls });
  for (const content of reply?.content?.match(/\S+\s*/g) ?? []) delta({ role: 'assistant', content });
  delta({}, finishReason(reply));
  if (withUsage) send([], { usage });
  response.end('data: [DONE]\n\n');
}

function finishReason(reply: Reply | undefined): string {
  return reply?.tool_calls === undefined ? 'stop' : 'tool_calls';
}

function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts: { text?: string }[] = Array.isArray(content) ? content : [];
  return parts.map(({ text = '' }) => text).join('');
}
