import type { AttemptOutcome } from '../gate/gate.ts';
import { createEstimate } from '../usage/create-estimate.ts';

const estimate = createEstimate();

/** The tokens of a request before its answer: the input, estimated, and as much output as was asked for at most, where that was said. */
export function estimatedAttemptTokens(body: Readonly<Record<string, unknown>>): number {
  const { input_tokens: input = 0 } = estimate(body, {});
  const most = body.max_completion_tokens ?? body.max_tokens;
  return input + (typeof most === 'number' && most > 0 && Number.isFinite(most) ? most : 0);
}

/** The same after it. What may have to be paid for and was not counted stays what it was thought to be. */
export function attemptTokens({ billable, usage, status }: AttemptOutcome, estimated: number): number {
  if (!billable) return 0;
  const { input_tokens: input, output_tokens: output = 0 } = usage;
  return status === 'ok' && input !== undefined ? input + output : Math.max(estimated, (input ?? 0) + output);
}
