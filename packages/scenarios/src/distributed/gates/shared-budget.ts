import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Amount,
  type AttemptPlan,
  BudgetExceededError,
  chargeFor,
  type Gate,
  type Pass,
  UnboundedCallError,
  type Unit,
  UnpricedModelError,
  type WorstCase,
  worstCase,
} from '@pd/llm-client';
import { RENEW, RESERVE, SETTLE, STATE } from './budget-scripts.ts';
import { Deliveries } from './deliveries.ts';
import { GateConnection } from './gate-connection.ts';
import { Leases } from './leases.ts';
import {
  type CheckedBudgetOptions,
  checkBudgetOptions,
  type SharedBudgetOptions,
} from './shared-gate-options.ts';

/** Dollars are kept as whole numbers of these. */
const PER_USD = 1e9;
/** Longest pause between two questions whether there is enough again, in milliseconds. */
const LONGEST_PAUSE_MS = 500;

/** The books of a shared budget. */
export interface SharedBudgetState {
  /** What calls have come to. */
  spent: Amount;
  /** What calls under way may come to. */
  reserved: Amount;
}

/**
 * A budget whose books are in Redis, so that processes on any number of machines never pass its limit together. What a
 * call may come to at most is reserved before it is sent, and what it came to is taken instead when it is over. A
 * process that dies keeps its reservations for `leaseMs` and then gives them back; what its last calls came to is known to nobody
 * and not taken.
 */
export class SharedBudget implements Gate {
  readonly #options: CheckedBudgetOptions;
  readonly #connection: GateConnection;
  readonly #keys: string[];
  readonly #leases: Leases;
  readonly #deliveries = new Deliveries();

  /** Made by {@link createSharedBudget}. */
  constructor(options: CheckedBudgetOptions) {
    this.#options = options;
    this.#connection = new GateConnection(options.redis, options.timeoutMs);
    const name = `${options.prefix}:budget:${options.name}`;
    this.#keys = ['account', 'leases', 'reserved'].map((part) => `${name}:${part}`);
    this.#leases = new Leases(options.leaseMs, (ids) =>
      this.#connection.run(RENEW, [`${name}:leases`], [options.leaseMs, ...ids]),
    );
  }

  get name(): string {
    return this.#options.name;
  }

  /** @throws RedisUnavailableError when Redis does not answer in time */
  async state(): Promise<SharedBudgetState> {
    return toState((await this.#connection.run(STATE, this.#keys, [])) as string[]);
  }

  /**
   * @throws {BudgetExceededError} when the call may come to more than is left
   * @throws {UnpricedModelError | UnboundedCallError} when it is not known what it may come to
   * @throws RedisUnavailableError when Redis does not answer in time; nothing is sent then
   */
  async enter(plan: AttemptPlan): Promise<Pass> {
    const worst = worstCase(plan);
    this.#refuseUnknown(plan, worst);
    const id = randomUUID();
    await this.#reserve(id, plan, worst);
    this.#leases.add(id);
    return {
      leave: (outcome) => {
        const spent = chargeFor(outcome, worst, this.#options.uncounted);
        this.#deliveries.add(async () => {
          await this.#settle(id, spent);
          this.#leases.delete(id);
        });
      },
    };
  }

  /** Waits until what calls came to is in the books, a while at most, and leaves Redis. */
  async close(): Promise<void> {
    await this.#deliveries.close(this.#options.timeoutMs);
    this.#leases.close();
    await this.#connection.close();
  }

  async #reserve(id: string, plan: AttemptPlan, worst: WorstCase): Promise<void> {
    const { usd, tokens, leaseMs, keptMs, whenFull } = this.#options;
    const need = { usd: worst.usd ?? 0, tokens: worst.tokens ?? 0 };
    const limits = [usd === undefined ? '' : Math.round(usd * PER_USD), tokens ?? ''];
    // The worst case is rounded up, so that it stays one.
    const values = [id, Math.ceil(need.usd * PER_USD), Math.ceil(need.tokens), ...limits, leaseMs, keptMs];
    for (let pause = 10; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const reply = (await this.#connection.run(RESERVE, this.#keys, values, plan.signal)) as [
        string,
        ...string[],
      ];
      const [unit, ...books] = reply;
      if (unit === 'ok') return;
      const refusal = this.#refusal(plan, worst, need, unit as Unit, toState(books));
      const { limit, spent } = refusal.shortage;
      const needed = unit === 'usd' ? need.usd : need.tokens;
      if (whenFull === 'refuse' || needed > limit - spent) throw refusal;
      await wait(pause * (0.5 + Math.random()), undefined, { signal: plan.signal }).catch(() => {});
      plan.signal.throwIfAborted();
    }
  }

  #settle(id: string, { usd, tokens }: Amount): Promise<unknown> {
    const keys = [...this.#keys, `${this.#keys[0]}:settled:${id}`];
    return this.#connection.run(SETTLE, keys, [
      id,
      Math.round(usd * PER_USD),
      Math.round(tokens),
      this.#options.keptMs,
    ]);
  }

  #refuseUnknown({ deployment }: AttemptPlan, { inputTokens, outputTokens, usd }: WorstCase): void {
    const { onUnpriced, name, usd: limit } = this.#options;
    if (onUnpriced === 'allow') return;
    const { provider, model } = deployment;
    if (inputTokens === undefined) throw new UnboundedCallError(name, provider, model, 'input');
    if (outputTokens === undefined) throw new UnboundedCallError(name, provider, model, 'output');
    if (limit !== undefined && usd === undefined) throw new UnpricedModelError(name, provider, model);
  }

  #refusal(
    { deployment: { provider, model } }: AttemptPlan,
    { inputTokens, outputTokens }: WorstCase,
    needed: Amount,
    unit: Unit,
    { spent, reserved }: SharedBudgetState,
  ): BudgetExceededError {
    return new BudgetExceededError({
      budget: this.#options.name,
      unit,
      limit: this.#options[unit] ?? Number.POSITIVE_INFINITY,
      spent: spent[unit],
      reserved: reserved[unit],
      needed,
      provider,
      model,
      inputTokens,
      outputTokens,
    });
  }
}

function toState([spentUsd, reservedUsd, spentTokens, reservedTokens]: readonly string[]): SharedBudgetState {
  return {
    spent: { usd: Number(spentUsd) / PER_USD, tokens: Number(spentTokens) },
    reserved: { usd: Number(reservedUsd) / PER_USD, tokens: Number(reservedTokens) },
  };
}

/**
 * Makes a {@link SharedBudget}. Every process gives the same name and limits; the limits are those of whoever asks.
 *
 * @throws {InvalidDistributedOptionError} without a limit, and for options that make no sense
 */
export function createSharedBudget(options: SharedBudgetOptions): SharedBudget {
  return new SharedBudget(checkBudgetOptions(options));
}
