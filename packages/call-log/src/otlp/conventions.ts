import type { JsonObject } from '../schema/json.ts';
import type { Field } from './fields.ts';

// The conventions are still in development, so their names stand in this file and in `call-content.ts` only. Read in
// November 2026: https://github.com/open-telemetry/semantic-conventions-genai

/** The span's own times are not read back: a call that was interrupted has no end, and a span must have one. */
const times: readonly Field[] = [
  ['started_at', 'pd.started_at', 'text'],
  ['ended_at', 'pd.ended_at', 'text'],
  ['duration_ms', 'pd.duration_ms', 'number'],
];

/** Of the `error` of a call, an attempt or a run. */
const errorFields = (path: string): readonly Field[] => [
  [`${path}.type`, 'error.type', 'text'],
  [`${path}.code`, 'pd.error.code', 'text'],
  [`${path}.provider_code`, 'pd.error.provider_code', 'text'],
  [`${path}.status`, 'pd.error.status', 'number'],
  [`${path}.message`, 'pd.error.message', 'text'],
];

/** Of a call without its content: where the conventions have a place for it, and where they have none (`pd.*`). */
export const callFields: readonly Field[] = [
  ['id', 'pd.call.id', 'text'],
  ['operation', 'gen_ai.operation.name', 'text'],
  ['status', 'pd.status', 'text'],
  ['agent_source', 'pd.agent.source', 'text'],
  ['parent_call_id', 'pd.call.parent_id', 'text'],
  ...times,
  ...errorFields('error'),
  ['time_to_first_chunk_ms', 'pd.time_to_first_chunk_ms', 'number'],
  ['pre.provider', 'gen_ai.provider.name', 'text'],
  ['pre.model', 'gen_ai.request.model', 'text'],
  ['pre.history.call_id', 'pd.history.call_id', 'text'],
  ['pre.history.take', 'pd.history.take', 'number'],
  ['pre.parameters.temperature', 'gen_ai.request.temperature', 'number'],
  ['pre.parameters.top_p', 'gen_ai.request.top_p', 'number'],
  ['pre.parameters.max_tokens', 'gen_ai.request.max_tokens', 'number'],
  ['pre.parameters.seed', 'gen_ai.request.seed', 'number'],
  ['pre.parameters.n', 'gen_ai.request.choice.count', 'number'],
  ['pre.parameters.stop', 'gen_ai.request.stop_sequences', 'texts'],
  ['pre.parameters.frequency_penalty', 'gen_ai.request.frequency_penalty', 'number'],
  ['pre.parameters.presence_penalty', 'gen_ai.request.presence_penalty', 'number'],
  ['pre.parameters.stream', 'gen_ai.request.stream', 'flag'],
  ['pre.metadata', 'pd.metadata', 'json'],
  ['pre.exact', 'pd.exact', 'flag'],
  ['post.id', 'gen_ai.response.id', 'text'],
  ['post.model', 'gen_ai.response.model', 'text'],
  ['post.finish_reason_raw', 'pd.finish_reason_raw', 'text'],
  ['post.partial', 'pd.partial', 'flag'],
  ['post.cached', 'pd.cached', 'flag'],
  ['usage.input_tokens', 'gen_ai.usage.input_tokens', 'number'],
  ['usage.output_tokens', 'gen_ai.usage.output_tokens', 'number'],
  ['usage.cache_read_input_tokens', 'gen_ai.usage.cache_read.input_tokens', 'number'],
  ['usage.cache_creation_input_tokens', 'gen_ai.usage.cache_creation.input_tokens', 'number'],
  ['usage.reasoning_output_tokens', 'gen_ai.usage.reasoning.output_tokens', 'number'],
  ['usage.source', 'pd.usage.source', 'text'],
  ['cost_usd', 'pd.cost_usd', 'number'],
];

/**
 * Of an attempt. Nothing of `gen_ai.request.*` and `gen_ai.usage.*`: backends add up the tokens of every span that has
 * them, and the call has them already.
 */
export const attemptFields: readonly Field[] = [
  ['number', 'pd.attempt.number', 'number'],
  ['provider', 'pd.attempt.provider', 'text'],
  ['model', 'pd.attempt.model', 'text'],
  ['status', 'pd.status', 'text'],
  ...times,
  ...errorFields('error'),
  ['http_status', 'http.response.status_code', 'number'],
  ['retry_after_ms', 'pd.attempt.retry_after_ms', 'number'],
  ['waited_ms', 'pd.attempt.waited_ms', 'number'],
  ['usage', 'pd.attempt.usage', 'json'],
  ['cost_usd', 'pd.attempt.cost_usd', 'number'],
];

/** Of a tool call. */
export const toolFields: readonly Field[] = [
  ['id', 'gen_ai.tool.call.id', 'text'],
  ['name', 'gen_ai.tool.name', 'text'],
  ['arguments', 'gen_ai.tool.call.arguments', 'value'],
  ['result', 'gen_ai.tool.call.result', 'value'],
  ['status', 'pd.status', 'text'],
  ['duration_ms', 'pd.duration_ms', 'number'],
];

/** Of an agent or a run. */
const totalsFields = (path: string): readonly Field[] => [
  [`${path}.calls`, 'pd.totals.calls', 'number'],
  [`${path}.attempts`, 'pd.totals.attempts', 'number'],
  [`${path}.errors`, 'pd.totals.errors', 'number'],
  [`${path}.input_tokens`, 'pd.totals.input_tokens', 'number'],
  [`${path}.output_tokens`, 'pd.totals.output_tokens', 'number'],
  [`${path}.cost_usd`, 'pd.totals.cost_usd', 'number'],
  [`${path}.unpriced_calls`, 'pd.totals.unpriced_calls', 'number'],
];

/** Of an agent without its calls. */
export const agentFields: readonly Field[] = [
  ['id', 'gen_ai.agent.id', 'text'],
  ['name', 'gen_ai.agent.name', 'text'],
  ['role', 'pd.agent.role', 'text'],
  ['parent_id', 'pd.agent.parent_id', 'text'],
  ...totalsFields('totals'),
];

/** Of the tree without its agents, messages and orphans. */
export const runFields: readonly Field[] = [
  ['schema_version', 'pd.schema_version', 'number'],
  ['run.id', 'pd.run.id', 'text'],
  ['run.name', 'gen_ai.workflow.name', 'text'],
  ['run.status', 'pd.status', 'text'],
  ['run.started_at', 'pd.started_at', 'text'],
  ['run.ended_at', 'pd.ended_at', 'text'],
  ...errorFields('run.error'),
  ['run.metadata', 'pd.metadata', 'json'],
  ...totalsFields('run.totals'),
  ['audit.events', 'pd.audit.events', 'number'],
  ['audit.dropped', 'pd.audit.dropped', 'number'],
  ['audit.redactions', 'pd.audit.redactions', 'number'],
  ['audit.logger_errors', 'pd.audit.logger_errors', 'number'],
  ['audit.log_overhead_us', 'pd.audit.log_overhead_us', 'number'],
  ['audit.unpriced_calls', 'pd.audit.unpriced_calls', 'number'],
  ['audit.capture_content', 'pd.audit.capture_content', 'flag'],
  ['audit.damaged_lines', 'pd.audit.damaged_lines', 'number'],
];

/** A message between agents, as the attributes of an event of its sender's span. */
export const messageFields: readonly Field[] = [
  ['id', 'pd.message.id', 'text'],
  ['from', 'pd.message.from', 'text'],
  ['to', 'pd.message.to', 'text'],
  ['call_id', 'pd.call.id', 'text'],
  ['at', 'pd.message.at', 'text'],
  ['content', 'pd.message.content', 'value'],
  ['status', 'pd.status', 'text'],
];

/** Our names of providers that have another among the well-known values of `gen_ai.provider.name`. */
const providers: ReadonlyMap<unknown, string> = new Map([
  ['azure', 'azure.ai.openai'],
  ['bedrock', 'aws.bedrock'],
  ['gemini', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['mistral', 'mistral_ai'],
  ['moonshot', 'moonshot_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['xai', 'x_ai'],
]);

/** Attributes in which the conventions ask for another value than the tree's. What is read back of them is corrected by the leftover. */
export function conventional(attributes: JsonObject): JsonObject {
  const provider = providers.get(attributes['gen_ai.provider.name']);
  const first = attributes['pd.time_to_first_chunk_ms'];
  const status = attributes['pd.status'];
  return {
    ...attributes,
    // What failed has a type of error; without one of its own, how it ended.
    ...(isFailed(status) && !('error.type' in attributes) && { 'error.type': status }),
    // The Responses API is a chat to the conventions.
    ...(attributes['gen_ai.operation.name'] === 'responses' && { 'gen_ai.operation.name': 'chat' }),
    ...(provider !== undefined && { 'gen_ai.provider.name': provider }),
    ...(typeof first === 'number' && { 'gen_ai.response.time_to_first_chunk': first / 1000 }),
  };
}

const failed: ReadonlySet<unknown> = new Set([
  'error',
  'timeout',
  'truncated',
  'interrupted',
  'failed',
  'denied',
]);

/** Whether a status of a node of any kind is a failure. An abort is none: it was wanted. */
export function isFailed(status: unknown): status is string {
  return failed.has(status);
}
