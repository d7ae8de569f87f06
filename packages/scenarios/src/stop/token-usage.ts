import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';
import { checkCount } from './check-limit.ts';
import { fromMoments, type StopCondition } from './stop-condition.ts';
import { toVerdict } from './stop-verdict.ts';

/** In tokens, of all calls of the run; those that were read from a provider's cache count as input. */
export interface TokenLimits {
  total?: number;
  input?: number;
  output?: number;
}

/**
 * True when one of the limits is reached. When the tokens of a call are not known, the limit cannot be held: the run
 * stops with the reason `unmeasured`.
 *
 * @throws {InvalidScenarioError} without a limit, or for one that is no positive whole number
 */
export function tokenUsage(limits: TokenLimits): StopCondition {
  const { total, input, output } = limits ?? {};
  if (total === undefined && input === undefined && output === undefined)
    throw new InvalidScenarioError('tokenUsage has no limit: give total, input or output');
  for (const [name, limit] of Object.entries({ total, input, output }))
    if (limit !== undefined) checkCount(`${name} of tokenUsage`, limit);
  return fromMoments(({ usage }) => {
    if (usage === undefined)
      return toVerdict(
        'unmeasured',
        'the tokens of a call are not known, so the limit on them cannot be held',
      );
    const { inputTokens, outputTokens } = usage;
    const reached = [
      ['', inputTokens + outputTokens, total],
      ['input ', inputTokens, input],
      ['output ', outputTokens, output],
    ] as const;
    for (const [kind, used, limit] of reached)
      if (limit !== undefined && used >= limit)
        return toVerdict('token_usage', `${used} ${kind}tokens of ${limit}`);
    return undefined;
  });
}
