import { BudgetExceededError } from '../errors/budget-exceeded-error.ts';
import { UnboundedCallError } from '../errors/unbounded-call-error.ts';
import { UnpricedModelError } from '../errors/unpriced-model-error.ts';
import type { AttemptOutcome, AttemptPlan, Gate, Pass } from '../gate/gate.ts';
import { Account, type Amount } from './account.ts';
import { AdmissionQueue, type Entrant } from './admission-queue.ts';
import { chargeFor } from './charge-for.ts';
import { type WorstCase, worstCase } from './worst-case.ts';

/** How much may be spent, and what happens when it is not enough. */
export interface BudgetOptions {
  /** US dollars. At least one of `usd` and `tokens` is needed. */
  usd?: number;
  /** Tokens, input and output together. */
  tokens?: number;
  /** What errors call it. Default: `budget`. */
  name?: string;
  /** The budget that this one is part of: what is spent here is spent there, too. */
  parent?: Budget;
  /**
   * What to do with a call of which it is not known what it may come to: `refuse` it, or `allow` it, uncounted until it
   * is known what it came to. Default: `refuse`.
   */
  onUnpriced?: 'refuse' | 'allow';
  /** What to do with a call for which there may not be enough: `refuse` it, or `wait` for calls under way. Default: `refuse`. */
  whenFull?: 'refuse' | 'wait';
  /**
   * What an attempt is charged that was sent and of which the provider has not counted the whole: the `worst-case`, as
   * reserved, so that the budget is never passed; or the `estimate` that is on record. Default: `worst-case`.
   */
  uncounted?: 'worst-case' | 'estimate';
}

/** Where an attempt has its reservation already: budgets that are part of the same one charge that once. */
const reservedFor = new WeakMap<AttemptPlan, ReadonlySet<Account>>();
/** The same of attempts on record. */
const chargedFor = new WeakMap<AttemptOutcome, Set<Account>>();

/**
 * A limit on what calls may cost: a gate for a client, for an agent (`client.bind({ gates: [budget] })`) or for one
 * call. Before an attempt is sent, what it may come to at most is reserved; when it is over, what it came to is taken
 * instead, and nothing when the provider has not charged anything. So calls that run at the same time never pass the
 * limit together. Fees other than for tokens (searches, tools of the provider) are not known before, and not reserved.
 */
export class Budget implements Gate {
  readonly #account: Account;
  readonly #queue: AdmissionQueue;
  readonly #options: Required<Pick<BudgetOptions, 'onUnpriced' | 'whenFull' | 'uncounted'>>;
  /** The budgets this one is part of, and itself. */
  readonly #chain: readonly Budget[];

  /** Made by {@link createBudget}. */
  constructor(options: BudgetOptions) {
    const { usd, tokens, name = 'budget', parent } = options;
    const { onUnpriced = 'refuse', whenFull = 'refuse', uncounted = 'worst-case' } = options;
    const limits = { ...(usd !== undefined && { usd }), ...(tokens !== undefined && { tokens }) };
    this.#account = new Account(name, limits, parent === undefined ? undefined : parent.#account);
    this.#queue = parent === undefined ? new AdmissionQueue() : parent.#queue;
    this.#options = { onUnpriced, whenFull, uncounted };
    this.#chain = [this, ...(parent === undefined ? [] : parent.#chain)];
  }

  get name(): string {
    return this.#account.name;
  }

  get limits(): Readonly<Partial<Amount>> {
    return this.#account.limits;
  }

  /** What calls have come to, those of nested budgets included; calls without a known price are in the tokens only. */
  get spent(): Amount {
    return this.#account.spent;
  }

  /** What calls under way may come to. */
  get reserved(): Amount {
    return this.#account.reserved;
  }

  /** What is neither spent nor reserved, of what is limited. */
  get remaining(): Partial<Amount> {
    return this.#account.remaining;
  }

  /**
   * @throws {BudgetExceededError} when the call may come to more than is left
   * @throws {UnpricedModelError | UnboundedCallError} when it is not known what it may come to
   */
  enter(plan: AttemptPlan): Pass | Promise<Pass> {
    const worst = worstCase(plan);
    for (const budget of this.#chain) budget.#refuseUnknown(plan, worst);
    const entrant = this.#entrant(plan, worst);
    const { accounts, need } = entrant;
    const pass = (): Pass => {
      reservedFor.set(plan, new Set([...(reservedFor.get(plan) ?? []), ...accounts]));
      return {
        leave: (outcome) => {
          const spent = chargeFor(outcome, worst, this.#options.uncounted);
          for (const account of accounts) account.settle(need, spent);
          this.#queue.wake();
        },
      };
    };
    if (this.#options.whenFull === 'wait') return this.#queue.enterInTurn(entrant).then(pass);
    this.#queue.enterNow(entrant);
    return pass();
  }

  /** What was paid before the run was resumed is spent; what is not on record of it, such as of an attempt under way, is not. */
  recorded(outcome: AttemptOutcome): void {
    const { usage, costUsd: usd = 0, billable } = outcome;
    if (!billable) return;
    const { input_tokens: input = 0, output_tokens: output = 0 } = usage;
    const charged = chargedFor.get(outcome) ?? new Set();
    chargedFor.set(outcome, charged);
    for (const account of this.#account.chain) {
      if (charged.has(account)) continue;
      charged.add(account);
      account.settle({ usd: 0, tokens: 0 }, { usd, tokens: input + output });
    }
  }

  #refuseUnknown({ deployment }: AttemptPlan, worst: WorstCase): void {
    if (this.#options.onUnpriced === 'allow') return;
    const { provider, model } = deployment;
    const { inputTokens, outputTokens, usd } = worst;
    if (inputTokens === undefined) throw new UnboundedCallError(this.name, provider, model, 'input');
    if (outputTokens === undefined) throw new UnboundedCallError(this.name, provider, model, 'output');
    if (this.limits.usd !== undefined && usd === undefined)
      throw new UnpricedModelError(this.name, provider, model);
  }

  #entrant(plan: AttemptPlan, worst: WorstCase): Entrant {
    const { inputTokens, outputTokens } = worst;
    const { provider, model } = plan.deployment;
    const need = { usd: worst.usd ?? 0, tokens: worst.tokens ?? 0 };
    const reserved = reservedFor.get(plan);
    return {
      accounts: this.#account.chain.filter((account) => !reserved?.has(account)),
      need,
      signal: plan.signal,
      refusal: ({ name, limits, spent, reserved }, unit) =>
        new BudgetExceededError({
          budget: name,
          unit,
          limit: limits[unit] ?? Number.POSITIVE_INFINITY,
          spent: spent[unit],
          reserved: reserved[unit],
          needed: need,
          provider,
          model,
          inputTokens,
          outputTokens,
        }),
    };
  }
}

const CHOICES = {
  onUnpriced: ['refuse', 'allow'],
  whenFull: ['refuse', 'wait'],
  uncounted: ['worst-case', 'estimate'],
} as const;

/**
 * Makes a {@link Budget}.
 *
 * @throws RangeError without a limit, and for options that make no sense
 */
export function createBudget(options: BudgetOptions): Budget {
  const { usd, tokens, parent } = options;
  if (usd === undefined && tokens === undefined)
    throw new RangeError('a budget needs a limit: give it usd, tokens or both');
  for (const [name, limit] of Object.entries({ usd, tokens }))
    if (limit !== undefined && !(typeof limit === 'number' && limit >= 0))
      throw new RangeError(`a budget's ${name} must be a number from 0, not ${String(limit)}`);
  for (const name of ['onUnpriced', 'whenFull', 'uncounted'] as const) {
    const choices: readonly unknown[] = CHOICES[name];
    if (options[name] !== undefined && !choices.includes(options[name]))
      throw new RangeError(
        `a budget's ${name} must be ${choices.join(' or ')}, not ${String(options[name])}`,
      );
  }
  if (parent !== undefined && !(parent instanceof Budget))
    throw new RangeError("a budget's parent must be a budget, made by the createBudget of the same package");
  return new Budget(options);
}
