import { AgentError } from './agent-error.ts';

/** A hook of an agent failed; `cause` is what it threw. */
export class HookError extends AgentError {
  override readonly name = 'HookError';
  readonly code = 'hook_failed';
  readonly agentId: string;
  readonly phase: 'before' | 'after';

  constructor(agentId: string, phase: 'before' | 'after', cause: unknown) {
    super(
      `the ${phase} hook of the agent ${agentId} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.agentId = agentId;
    this.phase = phase;
  }
}
