import type { AgentNode } from '@pd/call-log/schema';

/** Whether the record says that nobody but a person is behind an agent, so that time until it speaks is theirs. */
export function isPerson({ role, calls }: AgentNode): boolean {
  return calls.length === 0 && (role === 'person' || role === 'terminal');
}
