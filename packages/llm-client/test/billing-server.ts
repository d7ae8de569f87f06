import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve } from './support.ts';

/** What the server charged for one request; its prices are those of `billingPrice`. */
export interface LedgerLine {
  user: string;
  input: number;
  cached: number;
  output: number;
  usd: number;
}

/** Dollars per million tokens. */
export const billingPrice = { input: 3, cacheRead: 0.3, output: 15 };

/** What is to happen to a request. `silent`: without usage; `held`: never answered; `cut`: half a reply. */
export type Fate = 'whole' | 'stream' | 'silent' | 'held' | 'cut' | 'reset' | 429 | 503;

/** A request, as far as these servers read it. */
interface Ask {
  user?: string;
  stream?: boolean;
  stop?: string;
  max_tokens: number;
  messages: { content: string }[];
}

/** A number from 0 to 1, the same for the same seed each time. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A provider with a ledger. It charges for what it has made, also if the client has left or the connection broke, and as
 * much as it may when nobody can tell; and nothing for errors.
 */
export async function startBillingServer(fateOf: (ask: Ask) => Fate, random: () => number) {
  const ledger: LedgerLine[] = [];
  const charge = ({ user = '' }: Ask, input: number, cached: number, output: number) => {
    const { input: fresh, cacheRead, output: out } = billingPrice;
    const usd = ((input - cached) * fresh + cached * cacheRead + output * out) / 1e6;
    ledger.push({ user, input, cached, output, usd });
  };
  const server = await serve(async (request, response) => {
    const ask = await bodyOf(request);
    const fate = fateOf(ask);
    if (typeof fate === 'number') {
      response.writeHead(fate, { 'content-type': 'application/json', 'retry-after-ms': '1' });
      response.end('{"error":{"message":"no"}}');
      return;
    }
    const input = Math.ceil(ask.messages.reduce((sum, { content }) => sum + content.length, 0) / 3);
    const cached = random() < 0.5 ? Math.floor(input * random()) : 0;
    const isBroken = fate === 'held' || fate === 'cut' || fate === 'reset';
    const output = isBroken ? ask.max_tokens : 1 + Math.floor(random() * ask.max_tokens);
    charge(ask, input, isBroken ? 0 : cached, output);
    if (fate === 'held') return;
    if (fate === 'reset') return void request.socket.destroy();
    const usage = {
      prompt_tokens: input,
      completion_tokens: output,
      prompt_tokens_details: { cached_tokens: cached },
    };
    answer(response, ask, fate, usage);
  });
  const total = (user?: string) => {
    const lines = ledger.filter((line) => user === undefined || line.user === user);
    const sum = (field: 'input' | 'output' | 'usd') => lines.reduce((all, line) => all + line[field], 0);
    return { input: sum('input'), output: sum('output'), usd: sum('usd'), requests: lines.length };
  };
  return { url: server.url, [Symbol.asyncDispose]: server[Symbol.asyncDispose], ledger, total };
}

/** The request's JSON. */
export async function bodyOf(request: IncomingMessage): Promise<Ask> {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text);
}

function answer(response: ServerResponse, { stream }: Ask, fate: Fate, usage: object): void {
  const counted = fate === 'silent' ? {} : { usage };
  if (stream !== true) {
    response.setHeader('content-type', 'application/json');
    const choices = [{ message: { content: 'a reply' }, finish_reason: fate === 'cut' ? null : 'stop' }];
    response.end(JSON.stringify({ model: 'm', choices, ...(fate !== 'cut' && counted) }));
    return;
  }
  response.setHeader('content-type', 'text/event-stream');
  const send = (chunk: object) => response.write(`data: ${JSON.stringify({ model: 'm', ...chunk })}\n\n`);
  for (const content of ['a ', 'rep', 'ly']) send({ choices: [{ index: 0, delta: { content } }] });
  if (fate === 'cut') return void response.end();
  send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  send({ choices: [], ...counted });
  response.end('data: [DONE]\n\n');
}
