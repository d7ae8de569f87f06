import { roundUsd } from './round-usd.ts';

/** Money and tokens. */
export interface Amount {
  /** US dollars. */
  usd: number;
  /** Input and output. */
  tokens: number;
}

const UNITS = ['usd', 'tokens'] as const;
export type Unit = keyof Amount;

/** Below this, a difference is the noise of adding up. */
const NOISE = 1e-9;

/** The books of one budget. */
export class Account {
  readonly name: string;
  readonly limits: Readonly<Partial<Amount>>;
  /** This account and those above it, up to the root. */
  readonly chain: readonly Account[];
  #spent: Amount = { usd: 0, tokens: 0 };
  #reserved: Amount = { usd: 0, tokens: 0 };

  constructor(name: string, limits: Partial<Amount>, parent: Account | undefined) {
    this.name = name;
    this.limits = limits;
    this.chain = [this, ...(parent?.chain ?? [])];
  }

  get spent(): Amount {
    return { ...this.#spent };
  }

  get reserved(): Amount {
    return { ...this.#reserved };
  }

  /** What is neither spent nor reserved, of what is limited; below 0 when a call came to more than it could. */
  get remaining(): Partial<Amount> {
    const left: Partial<Amount> = {};
    for (const unit of UNITS) {
      const limit = this.limits[unit];
      if (limit !== undefined) left[unit] = roundUsd(limit - this.#spent[unit] - this.#reserved[unit]);
    }
    return left;
  }

  /** What there is too little of for that; `undefined` when there is enough. */
  lacks(need: Amount): Unit | undefined {
    return UNITS.find((unit) => need[unit] > (this.remaining[unit] ?? Number.POSITIVE_INFINITY) + NOISE);
  }

  /** What there will be too little of even if everything that is reserved comes back. */
  willLack(need: Amount): Unit | undefined {
    return UNITS.find((unit) => {
      const limit = this.limits[unit] ?? Number.POSITIVE_INFINITY;
      return need[unit] > limit - this.#spent[unit] + NOISE;
    });
  }

  /** Sets aside. */
  reserve(amount: Amount): void {
    this.#reserved = sum(this.#reserved, amount, 1);
  }

  /** Gives back what was set aside and takes what it came to. */
  settle(reserved: Amount, spent: Amount): void {
    this.#reserved = sum(this.#reserved, reserved, -1);
    this.#spent = sum(this.#spent, spent, 1);
  }
}

function sum(a: Amount, b: Amount, sign: 1 | -1): Amount {
  return { usd: roundUsd(a.usd + sign * b.usd), tokens: a.tokens + sign * b.tokens };
}
