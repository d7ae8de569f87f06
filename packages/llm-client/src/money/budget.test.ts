import { describe, expect, it } from 'vitest';
import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { UnboundedCallError } from '../errors/unbounded-call-error.ts';
import { UnpricedModelError } from '../errors/unpriced-model-error.ts';
import { type AttemptOutcome, type AttemptPlan, joinGates, type Pass } from '../gate/gate.ts';
import { type Budget, type BudgetOptions, createBudget } from './budget.ts';
import type { ModelPrice } from './model-price.ts';

/** One dollar a token, so that dollars and tokens are the same; 100,000 for the input and the rest for the output. */
const dollarAToken: ModelPrice = { input: 1e6, output: 1e6, maxInputTokens: 100_000 };

function plan(output: number | undefined, more: Partial<AttemptPlan> = {}): AttemptPlan {
  const call = { operation: 'chat' } as AttemptPlan['call'];
  const deployment = { provider: 'p', model: 'm' } as AttemptPlan['deployment'];
  // A conversation elsewhere may be as long as the model's limit, which makes round numbers.
  const body = { conversation: 'c', ...(output !== undefined && { max_tokens: output - 100_000 }) };
  return {
    call,
    deployment,
    body,
    price: dollarAToken,
    number: 1,
    signal: new AbortController().signal,
    ...more,
  };
}

const done = (usd: number): AttemptOutcome => ({
  status: 'ok',
  usage: { input_tokens: usd, output_tokens: 0, source: 'provider' },
  costUsd: usd,
  billable: true,
});
const unsent: AttemptOutcome = { status: 'error', usage: { source: 'none' }, billable: false };
const cutOff: AttemptOutcome = {
  status: 'aborted',
  usage: { input_tokens: 7, output_tokens: 3, source: 'estimated' },
  costUsd: 10,
  billable: true,
};
const enter = async (budget: Budget, output: number, more?: Partial<AttemptPlan>): Promise<Pass> =>
  budget.enter(plan(output, more));

describe('a budget', () => {
  it('reserves the worst case, and takes what it came to', async () => {
    const budget = createBudget({ usd: 1_000_000, tokens: 2_000_000, name: 'run' });
    const pass = await enter(budget, 300_000);
    expect(budget.reserved).toEqual({ usd: 300_000, tokens: 300_000 });
    expect(budget.remaining).toEqual({ usd: 700_000, tokens: 1_700_000 });
    pass.leave(done(1_000));
    expect(budget.spent).toEqual({ usd: 1_000, tokens: 1_000 });
    expect(budget.reserved).toEqual({ usd: 0, tokens: 0 });
    expect(budget.remaining).toEqual({ usd: 999_000, tokens: 1_999_000 });
    expect(budget.name).toBe('run');
  });

  it('refuses what may be more than is left, saying what to do', async () => {
    const budget = createBudget({ usd: 500_000, name: 'run' });
    (await enter(budget, 200_000)).leave(done(50_000));
    const pass = await enter(budget, 300_000);
    const error = await enter(budget, 200_000).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BudgetExceededError);
    expect(error).toMatchObject({
      code: 'budget_exceeded',
      remaining: 150_000,
      shortage: { budget: 'run', unit: 'usd', limit: 500_000, spent: 50_000, reserved: 300_000 },
    });
    expect(String(error)).toMatch(/"run" has \$150000 of \$500000 left.*p\/m may come to \$200000/);
    expect(String(error)).toMatch(/max_completion_tokens.*wait for the calls under way.*raise the budget/);
    pass.leave(unsent);
    expect(await enter(budget, 200_000)).toBeDefined();
  });

  it('counts in tokens without a price', async () => {
    const budget = createBudget({ tokens: 10_000 });
    const local = { price: undefined, body: { messages: [], max_tokens: 5_000 } };
    const pass = await enter(budget, 0, local);
    expect(budget.reserved.tokens).toBeGreaterThan(6_000);
    await expect(enter(budget, 0, local)).rejects.toThrow(/tokens of 10000 tokens left/);
    pass.leave({ ...done(100), costUsd: undefined as never });
    expect(budget.spent).toEqual({ usd: 0, tokens: 100 });
  });

  it.each<[string, AttemptOutcome, BudgetOptions['uncounted'], number]>([
    ['nothing was sent', unsent, undefined, 0],
    ['the provider counted', done(40), undefined, 40],
    ['it came to more than it could', done(900_000), undefined, 900_000],
    ['it broke off', cutOff, undefined, 200_000],
    ['it broke off, with estimates', cutOff, 'estimate', 10],
    [
      'it broke off and nobody knows, with estimates',
      { ...cutOff, usage: { source: 'none' }, costUsd: undefined as never },
      'estimate',
      200_000,
    ],
    ['nobody counted', { ...cutOff, status: 'ok' }, undefined, 200_000],
  ])('takes, when %s', async (_, outcome, uncounted, taken) => {
    const budget = createBudget({ usd: 500_000, ...(uncounted && { uncounted }) });
    (await enter(budget, 200_000)).leave(outcome);
    expect(budget.spent).toEqual({ usd: taken, tokens: taken });
    expect(budget.reserved).toEqual({ usd: 0, tokens: 0 });
  });

  it('refuses what it does not know the price or the length of, unless told otherwise', async () => {
    const strict = createBudget({ usd: 1 });
    const unpriced = { price: undefined, body: { messages: [], max_tokens: 1 } };
    await expect(enter(strict, 0, unpriced)).rejects.toThrow(UnpricedModelError);
    await expect(enter(strict, 0, unpriced)).rejects.toThrow(/prices: \{ 'p\/m'/);
    await expect(enter(strict, 0, { body: { messages: [] } })).rejects.toThrow(UnboundedCallError);
    await expect(enter(strict, 0, { price: undefined })).rejects.toThrow(/how long the input/);
    const lax = createBudget({ usd: 1, onUnpriced: 'allow' });
    const pass = await enter(lax, 0, unpriced);
    expect(lax.reserved.usd).toBe(0);
    pass.leave({ ...done(1_000), costUsd: undefined as never });
    expect(lax.spent).toEqual({ usd: 0, tokens: 1_000 });
    await expect(
      enter(createBudget({ usd: 1, parent: strict, onUnpriced: 'allow' }), 0, unpriced),
    ).rejects.toThrow(UnpricedModelError);
  });

  it('passes what is free', async () => {
    const free = { price: { input: 0, output: 0 }, body: { messages: [], max_tokens: 1 } };
    const pass = await enter(createBudget({ usd: 0 }), 0, free);
    pass.leave(done(0));
  });

  it.each<[string, object]>([
    ['no limit', {}],
    ['a limit in words', { usd: '1' }],
    ['one below 0', { usd: -1 }],
    ['one that is no number', { tokens: Number.NaN }],
    ['a choice that is none', { usd: 1, whenFull: 'panic' }],
    ['a parent that is none', { usd: 1, parent: {} }],
  ])('is not made with %s', (_, options) => {
    expect(() => createBudget(options as BudgetOptions)).toThrow(RangeError);
  });
});

describe('nested budgets', () => {
  it('are spent in those above, which may refuse, too', async () => {
    const run = createBudget({ usd: 500_000, name: 'run' });
    const a = createBudget({ usd: 400_000, name: 'a', parent: run });
    const b = createBudget({ tokens: 1e9, name: 'b', parent: run });
    (await enter(a, 300_000)).leave(done(150_000));
    const pass = await enter(b, 250_000);
    expect(run.spent.usd).toBe(150_000);
    expect(run.reserved.usd).toBe(250_000);
    expect(a.spent.usd).toBe(150_000);
    await expect(enter(a, 300_000)).rejects.toThrow(/"a" has \$250000/);
    await expect(enter(a, 200_000)).rejects.toThrow(/"run" has \$100000/);
    expect(a.reserved.usd).toBe(0);
    pass.leave(unsent);
    expect(run.remaining.usd).toBe(350_000);
  });

  it('charge those above once, however many of them a call passes', async () => {
    const run = createBudget({ usd: 1_000_000 });
    const agent = createBudget({ usd: 1_000_000, parent: run });
    const tool = createBudget({ usd: 1_000_000, parent: agent });
    const other = createBudget({ usd: 1_000_000, parent: run });
    const once = plan(200_000);
    const passes: Pass[] = [];
    for (const budget of [agent, run, other, tool, agent]) passes.push(await budget.enter(once));
    for (const budget of [run, agent, tool, other]) expect(budget.reserved.usd).toBe(200_000);
    for (const pass of passes) pass.leave(done(1_000));
    for (const budget of [run, agent, tool, other]) expect(budget.spent.usd).toBe(1_000);
    expect(run.reserved.usd).toBe(0);
  });

  it('and other gates are passed once, if they are gates', () => {
    const run = createBudget({ usd: 1 });
    const other = createBudget({ usd: 1 });
    expect(joinGates([run, other], [run])).toEqual([run, other]);
    for (const none of [null, undefined, 3, {}])
      expect(() => joinGates([], [none as never])).toThrow(RangeError);
  });
});

describe('a budget that waits', () => {
  const wait = { whenFull: 'wait' } as const;

  it('lets the next in when something comes back, in turn', async () => {
    const budget = createBudget({ usd: 500_000, ...wait });
    const first = await enter(budget, 400_000);
    const order: string[] = [];
    const noted = async (name: string, output: number) => {
      const pass = await enter(budget, output);
      order.push(name);
      return pass;
    };
    const big = noted('big', 500_000);
    const small = noted('small', 100_001);
    await Promise.resolve();
    expect(budget.reserved.usd).toBe(400_000);
    first.leave(unsent);
    (await big).leave(unsent);
    await small;
    expect(order).toEqual(['big', 'small']);
  });

  it('does not make one agent wait for another’s budget', async () => {
    const run = createBudget({ usd: 1_000_000 });
    const a = createBudget({ usd: 200_000, parent: run, ...wait });
    const b = createBudget({ usd: 200_000, parent: run, ...wait });
    await enter(a, 200_000);
    let isWaiting = true;
    void enter(a, 200_000).then(() => (isWaiting = false));
    await enter(b, 200_000);
    expect(isWaiting).toBe(true);
    expect(run.reserved.usd).toBe(400_000);
  });

  it('refuses at once what will never fit, and later what no longer will', async () => {
    const budget = createBudget({ usd: 500_000, ...wait });
    await expect(enter(budget, 600_000)).rejects.toThrow(BudgetExceededError);
    const first = await enter(budget, 400_000);
    const late = enter(budget, 300_000);
    first.leave(done(300_000));
    await expect(late).rejects.toThrow(BudgetExceededError);
    expect(budget.reserved.usd).toBe(0);
  });

  it('stops waiting when aborted, and lets the next in', async () => {
    const budget = createBudget({ usd: 500_000, ...wait });
    await enter(budget, 300_000);
    const controller = new AbortController();
    const aborted = enter(budget, 400_000, { signal: controller.signal });
    const next = enter(budget, 200_000);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await next;
    expect(budget.reserved.usd).toBe(500_000);
    await expect(enter(budget, 200_000, { signal: AbortSignal.abort(new Error('late')) })).rejects.toThrow(
      'late',
    );
  });
});
