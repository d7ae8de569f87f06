import type { AgentRef } from '@pd/call-log/schema';
import type { LLMClient } from '@pd/llm-client';
import type { TellVerdict } from './run-guardrails.ts';

/** Puts what guardrails decide on record, with the call whose reply it is about. */
export function tellGuardrail(
  client: Pick<LLMClient, 'record'>,
  agent: AgentRef,
  on: 'input' | 'output',
  callId?: string,
): TellVerdict {
  return (name, verdict) =>
    client.record({
      type: 'log',
      level: verdict.type === 'block' ? 'warn' : 'info',
      message: `guardrail ${name}: ${verdict.type} (${on})`,
      fields: { guardrail: name, on, verdict },
      agent_id: agent.id,
      ...(callId !== undefined && { call_id: callId }),
    });
}
