import { describe, expect, it } from 'vitest';
import {
  BudgetExceededError,
  createBudget,
  createLLMClient,
  type LLMClient,
  LLMClientError,
  UnpricedModelError,
} from '../src/index.ts';
import { billingPrice, type Fate, seededRandom, startBillingServer } from './billing-server.ts';
import { hello, recordedClient } from './support.ts';

const messages = [...hello];
const prices = { 'custom/m': billingPrice };
const retry = { baseDelayMs: 0, maxDelayMs: 1 };
const always = (fate: Fate) => startBillingServer(() => fate, seededRandom(1));

const FATES: Fate[] = ['whole', 'stream', 'stream', 'whole', 'silent', 'held', 'cut', 'reset', 429, 503];

/** One agent that asks in every way there is until its budget has refused often enough. */
async function spendAll(
  client: LLMClient,
  user: string,
  random: () => number,
  ask: (user: string) => AbortSignal,
): Promise<unknown> {
  let refusals = 0;
  for (let calls = 0; calls < 200; calls++) {
    const request = {
      messages: [{ role: 'user' as const, content: 'x'.repeat(random() * 2_000) }],
      max_tokens: 1 + Math.floor(random() * 400),
      user,
      signal: ask(user),
    };
    const way = random();
    try {
      if (way < 0.4) await client.chat(request);
      else if (way < 0.8) await client.stream(request).result();
      else for await (const _ of client.stream(request)) if (random() < 0.5) break;
    } catch (error) {
      if (error instanceof BudgetExceededError && ++refusals === 5) return error;
      if (!LLMClientError.isInstance(error) && error !== enough) throw error;
    }
  }
  return undefined;
}

/** What those calls are aborted with that the server does not answer. */
const enough = new Error('enough');

describe('a budget', () => {
  it.each([
    [1, 'refuse'],
    [2, 'wait'],
  ] as const)(
    'is never passed by 50 agents at once, each with its own in the run’s, seed %i, %s',
    async (seed, whenFull) => {
      const random = seededRandom(seed);
      const asking = new Map<string, AbortController>();
      const ask = (user: string) => {
        const controller = new AbortController();
        asking.set(user, controller);
        return controller.signal;
      };
      await using server = await startBillingServer(({ user = '' }) => {
        const fate = FATES[Math.floor(random() * FATES.length)] as Fate;
        const controller = asking.get(user);
        if (fate === 'held') setTimeout(() => controller?.abort(enough), random() * 20);
        return fate;
      }, random);
      const run = createBudget({ usd: 2.5, name: 'run' });
      const client = createLLMClient({ model: 'm', baseURL: server.url, prices, retry, gates: [run] });
      const agents = Array.from({ length: 50 }, (_, i) => ({
        id: `agent-${i}`,
        budget: createBudget({ usd: 0.08, name: `agent-${i}`, parent: run, whenFull }),
      }));
      const endings = await Promise.all(
        agents.map(({ id, budget }) =>
          spendAll(client.bind({ agent: { id }, gates: [budget] }), id, random, ask),
        ),
      );
      for (const ending of endings) expect(ending).toBeInstanceOf(BudgetExceededError);
      for (const { id, budget } of agents) {
        expect(server.total(id).usd).toBeLessThanOrEqual(0.08);
        expect(budget.spent.usd).toBeGreaterThanOrEqual(server.total(id).usd - 1e-9);
        expect(budget.reserved).toEqual({ usd: 0, tokens: 0 });
      }
      const { usd, requests } = server.total();
      expect(usd).toBeLessThanOrEqual(2.5);
      expect(run.spent.usd).toBeCloseTo(
        agents.reduce((sum, { budget }) => sum + budget.spent.usd, 0),
        9,
      );
      expect(run.reserved).toEqual({ usd: 0, tokens: 0 });
      // It has not been refused for nothing.
      expect(requests).toBeGreaterThan(150);
      expect(run.spent.usd).toBeGreaterThan(2.3);
    },
  );

  it('lets 50 calls at the same time have just what there is', async () => {
    await using server = await always('whole');
    const request = { messages, max_tokens: 1_000 };
    const probe = createBudget({ usd: 1e9 });
    const client = createLLMClient({ model: 'm', baseURL: server.url, prices });
    const probing = client.chat({ ...request, gates: [probe] });
    const worst = probe.reserved.usd;
    await probing;
    const budget = createBudget({ usd: worst * 7.5 });
    const bound = client.bind({ gates: [budget] });
    const calls = await Promise.allSettled(Array.from({ length: 50 }, () => bound.chat(request)));
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    expect(server.ledger).toHaveLength(8);
  });

  it('refuses before anything is sent, on record and without an attempt', async () => {
    await using server = await always('whole');
    const budget = createBudget({ usd: 0.001, name: 'small' });
    const { client, events, types } = recordedClient(server.url, { prices });
    const call = client.chat({ messages, max_tokens: 1_000, gates: [budget] });
    await expect(call).rejects.toThrow(/"small" has \$0.001 of \$0.001 left/);
    expect(types()).toEqual(['call.start', 'call.end']);
    expect(events.at(-1)).toMatchObject({ status: 'error', error: { code: 'budget_exceeded' } });
    expect(server.ledger).toHaveLength(0);
    const reply = await client.chat({ messages, max_tokens: 1_000 });
    expect(reply.costUsd).toBeCloseTo(server.total().usd, 12);
  });

  it('fails closed for a model without a price', async () => {
    await using server = await always('whole');
    const { client } = recordedClient(server.url, { gates: [createBudget({ usd: 100 })] });
    await expect(client.chat({ messages, max_tokens: 1 })).rejects.toBeInstanceOf(UnpricedModelError);
    await expect(client.stream({ messages, max_tokens: 1 }).result()).rejects.toThrow(/custom\/m costs/);
    expect(server.ledger).toHaveLength(0);
    const told = recordedClient(server.url, {
      gates: [createBudget({ usd: 100 })],
      prices: { 'custom/*': { input: 0, output: 0 } },
    });
    expect((await told.client.chat({ messages, max_tokens: 1 })).costUsd).toBe(0);
  });

  it('ends a call whose next attempt is too much, even after one that was late', async () => {
    await using server = await always('held');
    const budget = createBudget({ usd: 0.02 });
    const { client, events } = recordedClient(server.url, {
      prices,
      retry,
      attemptTimeoutMs: 30,
      gates: [budget],
    });
    await expect(client.chat({ messages, max_tokens: 800 })).rejects.toBeInstanceOf(BudgetExceededError);
    expect(events.map(({ type }) => type)).toEqual([
      'call.start',
      'attempt.start',
      'attempt.end',
      'call.end',
    ]);
    expect(server.total().usd).toBeLessThanOrEqual(budget.spent.usd);
  });

  it('may have a cheaper model stand in', async () => {
    await using server = await always('whole');
    const { client, events } = recordedClient(server.url, {
      prices: { ...prices, 'custom/small': { input: 0, output: 0 } },
      fallbacks: [{ model: 'small', baseURL: server.url, on: ['budget_exceeded'] }],
      gates: [createBudget({ usd: 0.001 })],
    });
    expect((await client.chat({ messages, max_tokens: 1_000 })).text).toBe('a reply');
    expect(events.filter(({ type }) => type === 'attempt.start')).toMatchObject([{ model: 'small' }]);
  });

  it('gives back what a call reserved that was aborted while it waited', async () => {
    await using server = await always('held');
    const budget = createBudget({ usd: 0.02, whenFull: 'wait' });
    const { client, events } = recordedClient(server.url, { prices, gates: [budget] });
    const controller = new AbortController();
    const request = { messages, max_tokens: 800, signal: controller.signal };
    const calls = [client.chat(request), client.stream(request).result(), client.chat(request)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort(new Error('enough'));
    for (const call of calls) await expect(call).rejects.toThrow('enough');
    expect(budget.reserved).toEqual({ usd: 0, tokens: 0 });
    expect(events.filter(({ type }) => type === 'attempt.start')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'call.end')).toHaveLength(3);
  });
});
