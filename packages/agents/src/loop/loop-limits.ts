import { InvalidAgentError } from '../errors/invalid-agent-error.ts';

/** How far an agent goes for one answer. Each is looked at between the steps; seconds also end a step under way. */
export interface LoopLimits {
  /** How often the model is asked. Default: 10. */
  steps?: number;
  /** Tokens of all calls, in and out. Default: no limit. */
  tokens?: number;
  /** US dollars of all calls. To hold a cost before it is spent, give the client a budget. Default: no limit. */
  costUsd?: number;
  /** Seconds from the question to the answer, tools included. Default: no limit. */
  seconds?: number;
  /**
   * How often a tool may be called with the same arguments for the same result; the second time the model is told so.
   * `Infinity` for tools that are polled. Default: 3.
   */
  repeats?: number;
}

export const DEFAULT_LIMITS = { steps: 10, repeats: 3 };

/** @throws {InvalidAgentError} for a limit that is no positive number, or no whole one where it counts something */
export function checkLimits(limits: LoopLimits): LoopLimits {
  const whole = ['steps', 'tokens', 'repeats'];
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    const isFine =
      typeof value === 'number' &&
      value > 0 &&
      (!whole.includes(name) || !Number.isFinite(value) || Number.isInteger(value));
    if (!isFine)
      throw new InvalidAgentError(
        `limits.${name} must be a positive ${whole.includes(name) ? 'whole ' : ''}number, got ${String(value)}`,
      );
  }
  return limits;
}
