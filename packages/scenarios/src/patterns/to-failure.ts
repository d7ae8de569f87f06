import type { Worked } from './work-on.ts';

/** What a member threw, as a result that others can be told of; with the call that failed, where there was one. */
export function toFailure(error: unknown, from: string): Worked {
  const { callId } = Object(error) as { callId?: unknown };
  const why = error instanceof Error ? error.message : String(error);
  return {
    content: `${from} has failed: ${why}`,
    from,
    ...(typeof callId === 'string' && { callId }),
    reason: 'agent_failed',
  };
}
