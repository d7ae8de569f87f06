import type { CallEnding, CallStart, Usage } from '@pd/call-log/schema';
import type { ModelPrice } from '../money/model-price.ts';
import type { Deployment } from '../routing/deployment.ts';

/** One request that wants to go out. */
export interface AttemptPlan {
  /** The call as it is on record. */
  call: CallStart;
  deployment: Deployment;
  /** What the model costs; absent when that is not known. */
  price?: ModelPrice | undefined;
  /** What goes on the wire. */
  body: Readonly<Record<string, unknown>>;
  /** Counts the attempts of the call from 1. */
  number: number;
  signal: AbortSignal;
}

/** How that request ended. */
export interface AttemptOutcome {
  status: CallEnding;
  usage: Usage;
  /** Whether it may have to be paid for: not when nothing was sent, nor when the provider answered with an error. */
  billable: boolean;
  /** The reply came to its end, so that its tokens are all counted, and was of no use: another model is asked. */
  filtered?: boolean;
  /** Absent when the model has no known price. */
  costUsd?: number;
  /** Of the answer, where there was one. */
  headers?: Headers;
}

/** Leave to send one request. */
export interface Pass {
  /** Told when the answer begins, before its body is read; not when there is none. */
  answered?(headers: Headers): void;
  /** Told exactly once, whatever becomes of the request. */
  leave(outcome: AttemptOutcome): void;
}

/**
 * Something that every attempt has to pass, in order, before it is sent: a budget, a limit. It may wait, as long as it
 * heeds the plan's `signal`; it refuses by throwing, which ends the call with that error and without an attempt.
 */
export interface Gate {
  enter(plan: AttemptPlan): Pass | Promise<Pass>;
  /**
   * Told of each attempt of a call that is not made again because its run is resumed: what it came to, as far as that is on
   * record. The same object for all gates of the call. Gates that count what is spent count it; others need not have this.
   */
  recorded?(outcome: AttemptOutcome): void;
}

/**
 * The gates of both, each once, in order.
 *
 * @throws RangeError for what is no gate
 */
export function joinGates(first: readonly Gate[], then: readonly Gate[]): readonly Gate[] {
  if (then.length === 0) return first;
  for (const gate of then)
    if (typeof gate?.enter !== 'function')
      throw new RangeError(
        `gates must be objects with an enter function, such as createBudget makes, not ${String(gate)}`,
      );
  return [...new Set([...first, ...then])];
}

/** Enters all gates in order. If one refuses, those before it are told that nothing was sent. */
export async function enterAll(gates: readonly Gate[], plan: AttemptPlan): Promise<Pass> {
  const passes: Pass[] = [];
  const leave = (outcome: AttemptOutcome) => {
    for (const pass of passes.splice(0).reverse()) pass.leave(outcome);
  };
  try {
    for (const gate of gates) {
      passes.push(await gate.enter(plan));
      plan.signal.throwIfAborted();
    }
  } catch (refusal) {
    leave({ status: plan.signal.aborted ? 'aborted' : 'error', usage: { source: 'none' }, billable: false });
    throw refusal;
  }
  return {
    answered: (headers) => {
      for (const pass of passes) pass.answered?.(headers);
    },
    leave,
  };
}
