import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OfflineServerError } from './errors.ts';
import { type HandlerContext, handle } from './http/handler.ts';
import { createLedger } from './ledger.ts';
import { createModels } from './models.ts';
import { checkConversation } from './recorded.ts';
import { ResponseMemory } from './responses/response-memory.ts';
import type { OfflineServer, OfflineServerOptions } from './types.ts';

/**
 * Starts an OpenAI-compatible HTTP server on 127.0.0.1 that stands in for a language model when there is no
 * key. It says plainly what it is (`GET /`, the header `x-pd-offline: 1`, `system_fingerprint: 'pd-offline'`).
 *
 * Replies come from a small grammar. They are a function of seed, model and messages, and follow the
 * conversation: its topic, what the other side just said, how many turns have passed, and the system prompt,
 * which makes the voice whimsical when it asks for chaos or creativity and methodical otherwise.
 *
 * It follows instructions that it recognises: a JSON schema in `response_format` (or written into the prompt) gets a
 * value that fits it; tools whose name or description the request touches are called with arguments that fit their
 * schemas, and what they answer is told; "in one sentence", "in three words", "list five risks", "make a plan" get that
 * form. A schema that it cannot follow is a 400 `unsupported_schema`. It knows nothing: what it fills in is taken from
 * the request or made up.
 *
 * Beside chat completions it serves the Responses API, and embeddings in which texts that share words are near each
 * other. With `conversation`, models `recorded/<speaker>` replay a record byte for byte instead; `max_tokens` and `stop`
 * do not shorten a record.
 *
 * @example
 * await using server = await startOfflineServer();
 * const client = new OpenAI({ baseURL: server.url, apiKey: 'offline' });
 *
 * @throws {OfflineServerError} `invalid_option` or `listen_failed` (the port is taken, for example).
 */
export async function startOfflineServer(options: OfflineServerOptions = {}): Promise<OfflineServer> {
  const { seed = 0, port = 0, chunkDelayMs = 0, apiKey, conversation, onRequest, now = Date.now } = options;
  // setTimeout takes no more than 2^31 - 1 ms; beyond that it fires at once.
  checkNumber('chunkDelayMs', chunkDelayMs, 0, 2 ** 31 - 1);
  checkNumber('port', port, 0, 65_535);
  if (conversation !== undefined) checkConversation(conversation);

  const ledger = createLedger();
  const context: HandlerContext = {
    source: { seed: `${typeof seed}:${seed}`, conversation, now },
    models: createModels(conversation, Math.floor(now() / 1000)),
    memory: new ResponseMemory(),
    ledger,
    apiKey,
    chunkDelayMs,
    onRequest,
  };
  const inFlight = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const handled = handle(request, response, context).finally(() => inFlight.delete(handled));
    inFlight.add(handled);
  });
  // Longer than clients keep idle sockets, so that none is closed under a request that is on its way.
  server.keepAliveTimeout = 65_000;
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Could not listen on 127.0.0.1:${port}: ${reason}. Choose another port, or 0 for any.`;
    throw new OfflineServerError('listen_failed', message, { cause });
  }
  const bound = (server.address() as AddressInfo).port;

  let closing: Promise<void> | undefined;
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await Promise.all(inFlight);
  };
  return {
    url: `http://127.0.0.1:${bound}/v1`,
    port: bound,
    requests: ledger.requests,
    totals: ledger.totals,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

function checkNumber(name: string, value: number, from: number, to: number): void {
  if (Number.isFinite(value) && value >= from && value <= to) return;
  throw new OfflineServerError(
    'invalid_option',
    `${name} must be a number from ${from} to ${to}, not ${value}.`,
  );
}
