import type { AgentNode, CallNode } from '@pd/call-log/schema';

/** One call and who made it. */
export interface CallRow {
  runId: string;
  agent: AgentNode;
  call: CallNode;
}

type Value = string | number | boolean | undefined;

/** The columns of the CSV, in order: name and value. New ones come last, so that those of today stay where they are. */
export const COLUMNS: readonly (readonly [name: string, value: (row: CallRow) => Value])[] = [
  ['run_id', ({ runId }) => runId],
  ['agent_id', ({ agent }) => agent.id],
  ['agent_name', ({ agent }) => agent.name],
  ['agent_role', ({ agent }) => agent.role],
  ['call_id', ({ call }) => call.id],
  ['parent_call_id', ({ call }) => call.parent_call_id],
  ['operation', ({ call }) => call.operation],
  ['status', ({ call }) => call.status],
  ['provider', ({ call }) => call.pre.provider],
  ['model', ({ call }) => call.pre.model],
  ['served_model', ({ call }) => call.post?.model],
  ['started_at', ({ call }) => call.started_at],
  ['ended_at', ({ call }) => call.ended_at],
  ['duration_ms', ({ call }) => call.duration_ms],
  ['time_to_first_chunk_ms', ({ call }) => call.time_to_first_chunk_ms],
  ['attempts', ({ call }) => call.attempts.length],
  ['tool_calls', ({ call }) => call.tool_calls.length],
  ['input_tokens', ({ call }) => call.usage?.input_tokens],
  ['output_tokens', ({ call }) => call.usage?.output_tokens],
  ['cache_read_input_tokens', ({ call }) => call.usage?.cache_read_input_tokens],
  ['cache_creation_input_tokens', ({ call }) => call.usage?.cache_creation_input_tokens],
  ['reasoning_output_tokens', ({ call }) => call.usage?.reasoning_output_tokens],
  ['usage_source', ({ call }) => call.usage?.source],
  ['cost_usd', ({ call }) => call.cost_usd],
  ['finish_reason', ({ call }) => call.post?.finish_reason],
  ['cached', ({ call }) => call.post?.cached],
  ['error_type', ({ call }) => call.error?.type],
  ['error_code', ({ call }) => call.error?.code],
  ['error_status', ({ call }) => call.error?.status],
  ['error_message', ({ call }) => call.error?.message],
];
