import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import { expect, it } from 'vitest';
import { createBudget, createLLMClient, type LLMClient } from '../src/index.ts';
import { bodyOf, seededRandom } from './billing-server.ts';
import { serve } from './support.ts';

const AGENTS = 50;
const CALLS = 6;
/** Dollars per million tokens; reasoning is part of the output, cached tokens of the input. */
const price = {
  input: 3,
  cacheRead: 0.25,
  cacheWrite: 3.75,
  output: 15,
  reasoning: 12,
  maxOutputTokens: 500,
};

interface Charged {
  input: number;
  output: number;
  usd: number;
}

/** A provider that counts as it goes, fails now and then, and keeps a ledger by agent. */
async function startServer(random: () => number) {
  const ledger = new Map<string, Charged>();
  const requests = { count: 0 };
  const upTo = (limit: number) => Math.floor(random() * (limit + 1));
  const usageOf = (output: number) => {
    const input = 10 + upTo(5_000);
    const cached = upTo(input);
    const written = upTo(input - cached);
    return { input, cached, written, output, reasoning: upTo(output) };
  };
  const charge = (
    user: string,
    { input, cached, written, output, reasoning }: ReturnType<typeof usageOf>,
  ) => {
    const fresh = input - cached - written;
    const paidIn = fresh * price.input + cached * price.cacheRead + written * price.cacheWrite;
    const paidOut = (output - reasoning) * price.output + reasoning * price.reasoning;
    const sum = ledger.get(user) ?? { input: 0, output: 0, usd: 0 };
    const usd = sum.usd + (paidIn + paidOut) / 1e6;
    ledger.set(user, { input: sum.input + input, output: sum.output + output, usd });
  };
  const toWire = ({ input, cached, written, output, reasoning }: ReturnType<typeof usageOf>) => ({
    prompt_tokens: input,
    completion_tokens: output,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    completion_tokens_details: { reasoning_tokens: reasoning },
  });
  const server = await serve(async (request, response) => {
    const { user = '', stream, stop } = await bodyOf(request);
    requests.count++;
    if (stop !== 'held' && random() < 0.25) return fail(response, random() < 0.5 ? 429 : 503);
    const usage = usageOf(1 + upTo(499));
    charge(user, usage);
    if (stream !== true) {
      response.setHeader('content-type', 'application/json');
      const choices = [{ message: { content: 'a reply' }, finish_reason: 'stop' }];
      return void response.end(JSON.stringify({ model: 'm', choices, usage: toWire(usage) }));
    }
    response.setHeader('content-type', 'text/event-stream');
    const send = (chunk: object) => response.write(`data: ${JSON.stringify({ model: 'm', ...chunk })}\n\n`);
    send({
      choices: [{ index: 0, delta: { content: 'a ' } }],
      usage: toWire({ ...usage, output: 0, reasoning: 0 }),
    });
    send({ choices: [{ index: 0, delta: { content: 'reply' } }], usage: toWire(usage) });
    // Held until the reader leaves, or cut off without an end.
    if (stop === 'held') return;
    if (stop !== 'cut') send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    response.end();
  });
  return { url: server.url, [Symbol.asyncDispose]: server[Symbol.asyncDispose], ledger, requests };
}

function fail(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '1' });
  response.end('{"error":{"message":"not now"}}');
}

/** What one agent does: whole replies, streams, streams that it leaves, and streams that are cut off. */
async function work(client: LLMClient, user: string, random: () => number): Promise<void> {
  for (let call = 0; call < CALLS; call++) {
    const request = { messages: [{ role: 'user' as const, content: `call ${call}` }], user };
    const way = random();
    if (way < 0.4) await client.chat(request);
    else if (way < 0.7) await client.stream(request).result();
    else if (way < 0.85)
      await client
        .stream({ ...request, stop: 'cut' })
        .result()
        .catch(() => {});
    else
      for await (const part of client.stream({ ...request, stop: 'held' }))
        if ('text' in part && part.text === 'reply') break;
  }
}

it('tokens and dollars are conserved: the tree, its agents, their budgets and the provider’s ledger agree', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pd-conservation-'));
  const random = seededRandom(20_261_122);
  await using server = await startServer(random);
  try {
    await using log = createCallLog({ dir, tree: false });
    const run = createBudget({ usd: 1_000, name: 'run', uncounted: 'estimate' });
    const client = createLLMClient({
      model: 'm',
      baseURL: server.url,
      logger: log.logger,
      prices: { 'custom/m': price },
      retry: { maxAttempts: 20, baseDelayMs: 0 },
      gates: [run],
    });
    const path = await log.run({ name: 'conservation' }, async ({ journalPath }) => {
      const agents = Array.from({ length: AGENTS }, (_, i) => `agent-${i}`);
      await Promise.all(
        agents.map((id) => {
          const budget = createBudget({ usd: 100, parent: run, uncounted: 'estimate' });
          return work(client.bind({ agent: { id }, gates: [budget] }), id, random);
        }),
      );
      return journalPath;
    });
    const tree = await readTree(path);
    const total: Charged = { input: 0, output: 0, usd: 0 };
    let attempts = 0;
    for (const { id, totals, calls } of tree.agents) {
      const charged = server.ledger.get(id) ?? { input: 0, output: 0, usd: 0 };
      expect(totals, id).toMatchObject({ input_tokens: charged.input, output_tokens: charged.output });
      expect(totals.cost_usd, id).toBeCloseTo(charged.usd, 9);
      expect(totals.unpriced_calls).toBe(0);
      total.input += charged.input;
      total.output += charged.output;
      total.usd += charged.usd;
      for (const call of calls) attempts += call.attempts.length;
    }
    expect(tree.agents).toHaveLength(AGENTS);
    expect(tree.run.totals).toMatchObject({
      calls: AGENTS * CALLS,
      input_tokens: total.input,
      output_tokens: total.output,
    });
    expect(tree.run.totals.cost_usd).toBeCloseTo(total.usd, 9);
    expect(attempts).toBe(server.requests.count);
    expect(attempts).toBeGreaterThan(AGENTS * CALLS);
    expect(run.spent.usd).toBeCloseTo(total.usd, 9);
    expect(run.spent.tokens).toBe(total.input + total.output);
    expect(run.reserved).toEqual({ usd: 0, tokens: 0 });
    const endings = new Set(tree.agents.flatMap(({ calls }) => calls.map(({ status }) => status)));
    expect([...endings].sort()).toEqual(['aborted', 'ok', 'truncated']);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
