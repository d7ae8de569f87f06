import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHealthyReply } from './healthy-reply.ts';
import type { OpenRequest, ReceivedRequest } from './received-request.ts';
import { sendPlan } from './send-plan.ts';
import type { TestAnswer } from './test-answer.ts';
import { planAnswer } from './wire-plan.ts';

export interface TestServerOptions {
  /**
   * The answers, in the order in which requests arrive, the last one for ever; or what decides on each request, such as
   * `createStorm()`. Default: healthy answers.
   */
  answers?: readonly TestAnswer[] | ((request: ReceivedRequest) => TestAnswer);
  /** Told of every request when it has been received whole, before anything is answered. */
  onRequest?: (request: ReceivedRequest) => void;
}

/** A running test server. Close it, or hold it with `await using`. */
export interface TestServer extends AsyncDisposable {
  /** The base URL for a client, such as `http://127.0.0.1:41234/v1`. */
  readonly url: string;
  /** Every request received, in order. The list is live. */
  readonly requests: readonly ReceivedRequest[];
  /** The tokens of all replies that were made, whether or not they arrived. */
  readonly billed: { readonly input: number; readonly output: number };
  /** From now on connections are refused; those that are open stay. */
  refuse(): Promise<void>;
  /** Accepts connections again, at the same address. */
  accept(): Promise<void>;
  /** Stops listening, cuts what is open, and resolves. */
  close(): Promise<void>;
}

/**
 * Starts a real HTTP server on 127.0.0.1 that answers OpenAI's chat completions, with and without streaming, and does
 * it as badly as it is told to.
 *
 * @example
 * await using server = await startTestServer({
 *   answers: [{ faults: [{ type: 'rate_limit', retryAfter: { form: 'seconds', ms: 1000 } }] }, { text: 'hello' }],
 * });
 *
 * @throws RangeError for an empty list of answers
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const answerTo = toDecider(options.answers ?? [{}]);
  const requests: OpenRequest[] = [];
  const billed = { input: 0, output: 0 };
  const startedMs = performance.now();

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await readText(request);
    const entry: OpenRequest = {
      number: requests.length + 1,
      atMs: performance.now() - startedMs,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: parse(text),
      faults: [],
      outcome: 'open',
    };
    requests.push(entry);
    options.onRequest?.(entry);
    const answer = isChat(entry) ? answerTo(entry) : NO_SUCH_PATH;
    entry.faults = (answer.faults ?? []).map(({ type }) => type);
    const reply = toHealthyReply(entry, answer);
    const plan = planAnswer(reply, answer);
    if (plan.made) {
      entry.text = reply.text;
      entry.billed = reply.billed;
      billed.input += reply.billed.input;
      billed.output += reply.billed.output;
    }
    await sendPlan(response, plan, entry);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => tellError(response, error));
  });
  // Longer than clients keep idle sockets, so that none is closed under a request that is on its way.
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    if (!server.listening) return;
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    billed,
    async refuse() {
      // Resolves when the last connection is gone; the address is free before that.
      server.close();
      server.closeIdleConnections();
    },
    async accept() {
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A mistake in the test, such as an answer that cannot be given, is told to whoever asked; it would look like a fault otherwise. */
function tellError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = `The test server cannot answer: ${error instanceof Error ? error.message : String(error)}`;
  response.writeHead(500, { 'content-type': 'application/json', 'x-should-retry': 'false' });
  response.end(
    JSON.stringify({ error: { message, type: 'test_server_error', param: null, code: 'broken_test' } }),
  );
}

const NO_SUCH_PATH: TestAnswer = {
  faults: [{ type: 'status', status: 404, message: 'The test server answers POST …/chat/completions only.' }],
};

function isChat({ method, path }: ReceivedRequest): boolean {
  return method === 'POST' && path.split('?', 1)[0]?.endsWith('/chat/completions') === true;
}

function toDecider(
  answers: NonNullable<TestServerOptions['answers']>,
): (request: ReceivedRequest) => TestAnswer {
  if (typeof answers === 'function') return answers;
  let next = 0;
  if (answers.length === 0) throw new RangeError('a test server needs at least one answer');
  return () => answers[Math.min(next++, answers.length - 1)] as TestAnswer;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
