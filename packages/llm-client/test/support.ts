import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { LogEvent } from '@pd/call-log/schema';
import { createLLMClient, type LLMClientOptions } from '../src/index.ts';

/** A real HTTP server that answers as the test says; closes by itself at the end of the `await using` block. */
export async function serve(handler: RequestListener) {
  const server = createServer(handler);
  // On a busy machine a connection would be closed just as a client is about to use it again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client of that server, which tries once, and the events it logged. */
export function recordedClient(baseURL: string, options: Partial<LLMClientOptions> = {}) {
  const events: LogEvent[] = [];
  // Whether a slow stream tells of its progress is a matter of time.
  const logger = (event: LogEvent) => event.type !== 'call.progress' && events.push(event);
  const client = createLLMClient({ model: 'm', baseURL, retry: false, logger, ...options });
  return { client, events, types: () => events.map(({ type }) => type) };
}

export function sse(...chunks: object[]): string {
  return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
}

export function textChunk(content: string, finish_reason: string | null = null) {
  return {
    id: 'c',
    object: 'chat.completion.chunk',
    model: 'm-1',
    choices: [{ index: 0, delta: { content }, finish_reason }],
  };
}

export const hello = [{ role: 'user', content: 'hello' }] as const;

/** Answers every request with these, in order, and keeps the bodies it was sent. */
export function answers(
  ...replies: ({ status?: number; json?: unknown; sse?: readonly object[] } | undefined)[]
) {
  const requests: { url: string; body: Record<string, unknown> }[] = [];
  const handler: RequestListener = async (request, response) => {
    requests.push({ url: request.url ?? '', body: (await json(request)) as Record<string, unknown> });
    const {
      status = 200,
      json: body,
      sse: events,
    } = replies[requests.length - 1] ?? { status: 500, json: {} };
    response.writeHead(status, {
      'content-type': events === undefined ? 'application/json' : 'text/event-stream',
    });
    response.end(events === undefined ? JSON.stringify(body) : sse(...events));
  };
  return { handler, requests };
}

/** A client of a server that gives those answers. */
export async function withAnswers(...replies: Parameters<typeof answers>) {
  const { handler, requests } = answers(...replies);
  const server = await serve(handler);
  return {
    ...recordedClient(server.url),
    requests,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
