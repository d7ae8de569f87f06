import type { Account, Amount, Unit } from './account.ts';

/** Somebody who wants to reserve an amount in several accounts, in all of them or in none. */
export interface Entrant {
  accounts: readonly Account[];
  need: Amount;
  signal: AbortSignal;
  /** The error for somebody for whom there is not enough. */
  refusal(account: Account, unit: Unit): Error;
}

interface Waiting extends Entrant {
  admit(): void;
  refuse(reason: unknown): void;
}

/** Lets reservations in, in the order they came; shared by a budget and all that are nested in it. */
export class AdmissionQueue {
  readonly #waiting = new Set<Waiting>();

  /** @throws the entrant's refusal when there is not enough now */
  enterNow({ accounts, need, refusal }: Entrant): void {
    for (const account of accounts) {
      const unit = account.lacks(need);
      if (unit !== undefined) throw refusal(account, unit);
    }
    for (const account of accounts) account.reserve(need);
  }

  /**
   * Resolves when it has reserved.
   *
   * @throws the entrant's refusal when there never will be enough, and the reason of an abort
   */
  async enterInTurn(entrant: Entrant): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { ...entrant, admit: resolve, refuse: reject };
    const onAbort = () => {
      this.#waiting.delete(waiting);
      reject(entrant.signal.reason);
      this.wake();
    };
    entrant.signal.throwIfAborted();
    entrant.signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting.add(waiting);
    this.wake();
    try {
      await promise;
    } finally {
      entrant.signal.removeEventListener('abort', onAbort);
    }
  }

  /** Something has come back: who is there enough for? Nobody overtakes another who waits for the same account. */
  wake(): void {
    const short = new Set<Account>();
    for (const waiting of this.#waiting) {
      const { accounts, need } = waiting;
      if (this.#refuse(waiting) || accounts.some((account) => short.has(account))) continue;
      const lacking = accounts.find((account) => account.lacks(need) !== undefined);
      if (lacking !== undefined) {
        short.add(lacking);
        continue;
      }
      this.#waiting.delete(waiting);
      for (const account of accounts) account.reserve(need);
      waiting.admit();
    }
  }

  #refuse(waiting: Waiting): boolean {
    for (const account of waiting.accounts) {
      const unit = account.willLack(waiting.need);
      if (unit === undefined) continue;
      this.#waiting.delete(waiting);
      waiting.refuse(waiting.refusal(account, unit));
      return true;
    }
    return false;
  }
}
