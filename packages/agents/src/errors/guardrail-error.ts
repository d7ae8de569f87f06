import { AgentError } from './agent-error.ts';

/** A guardrail failed instead of deciding, so nothing passed; `cause` is what it threw. */
export class GuardrailError extends AgentError {
  override readonly name = 'GuardrailError';
  readonly code = 'guardrail_failed';
  readonly guardrail: string;

  constructor(guardrail: string, cause: unknown) {
    super(
      `the guardrail ${guardrail} failed, so nothing passes it: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.guardrail = guardrail;
  }
}
