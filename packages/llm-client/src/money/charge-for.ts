import type { AttemptOutcome } from '../gate/gate.ts';
import type { Amount } from './account.ts';
import type { WorstCase } from './worst-case.ts';

/**
 * What a budget takes for an attempt that is over: nothing when it need not be paid for, what the provider has counted, else
 * what was reserved for it.
 *
 * @param uncounted what is taken where the provider has not counted the whole: as reserved, or the estimate on record
 */
export function chargeFor(
  { status, usage, costUsd, billable, filtered = false }: AttemptOutcome,
  worst: WorstCase,
  uncounted: 'worst-case' | 'estimate' = 'worst-case',
): Amount {
  if (!billable) return { usd: 0, tokens: 0 };
  const isCounted = (status === 'ok' || filtered) && usage.source === 'provider';
  const { input_tokens: input, output_tokens: output = worst.outputTokens === 0 ? 0 : undefined } = usage;
  const tokens = input !== undefined && output !== undefined ? input + output : undefined;
  const isTaken = isCounted || uncounted === 'estimate';
  return {
    usd: (isTaken ? costUsd : undefined) ?? worst.usd ?? costUsd ?? 0,
    tokens: (isTaken ? tokens : undefined) ?? worst.tokens ?? tokens ?? 0,
  };
}
