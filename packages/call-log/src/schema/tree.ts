import { z } from 'zod';
import {
  agentSourceSchema,
  callEndingSchema,
  chatMessageSchema,
  errorRecordSchema,
  mendedSchema,
  messageStatusSchema,
  operationSchema,
  replySchema,
  runEndingSchema,
  usageSchema,
} from './common.ts';
import { chunksSchema, historySchema, SCHEMA_VERSION } from './events.ts';
import { jsonObjectSchema } from './json.ts';

/** Sums over leaf calls. `cost_usd` adds up the priced calls only and is absent when there is none. */
export const totalsSchema = z.object({
  calls: z.int(),
  attempts: z.int(),
  errors: z.int(),
  /** Not always whole: an estimate may have a fraction. */
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_usd: z.number().optional(),
  unpriced_calls: z.int(),
});
export type Totals = z.infer<typeof totalsSchema>;

export const attemptNodeSchema = z.object({
  number: z.int(),
  provider: z.string(),
  model: z.string().optional(),
  started_at: z.string(),
  ended_at: z.string().optional(),
  duration_ms: z.number().optional(),
  status: z.union([callEndingSchema, z.enum(['interrupted', 'open'])]),
  http_status: z.int().optional(),
  retry_after_ms: z.number().optional(),
  waited_ms: z.number().optional(),
  mended: z.array(mendedSchema).optional(),
  error: errorRecordSchema.optional(),
  usage: usageSchema.optional(),
  cost_usd: z.number().optional(),
});
export type AttemptNode = z.infer<typeof attemptNodeSchema>;

export const toolCallNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  arguments: z.json().optional(),
  result: z.json().optional(),
  status: z.string(),
  duration_ms: z.number().optional(),
});
export type ToolCallNode = z.infer<typeof toolCallNodeSchema>;

/** What was known before the request went out. */
export const preSchema = z.object({
  provider: z.string(),
  model: z.string(),
  /** Where the head of the conversation stands; the request is that head followed by `messages`. */
  history: historySchema.optional(),
  /** The chat messages that are new in this call. */
  messages: z.array(chatMessageSchema),
  parameters: jsonObjectSchema.optional(),
  tools: z.array(z.json()).optional(),
  metadata: jsonObjectSchema.optional(),
  /** What was wrong with the messages and was mended before they were sent. */
  mended: z.array(mendedSchema).optional(),
  exact: z.literal(false).optional(),
});

export const callNodeSchema = z.object({
  id: z.string(),
  operation: operationSchema,
  status: z.union([callEndingSchema, z.enum(['interrupted', 'open'])]),
  agent_source: agentSourceSchema,
  parent_call_id: z.string().optional(),
  started_at: z.string(),
  ended_at: z.string().optional(),
  duration_ms: z.number().optional(),
  time_to_first_chunk_ms: z.number().optional(),
  /** Of a streamed reply. */
  chunks: chunksSchema.optional(),
  pre: preSchema,
  post: replySchema.optional(),
  usage: usageSchema.optional(),
  cost_usd: z.number().optional(),
  error: errorRecordSchema.optional(),
  attempts: z.array(attemptNodeSchema),
  tool_calls: z.array(toolCallNodeSchema),
});
export type CallNode = z.infer<typeof callNodeSchema>;

export const agentNodeSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  role: z.string().optional(),
  parent_id: z.string().optional(),
  totals: totalsSchema,
  calls: z.array(callNodeSchema),
});
export type AgentNode = z.infer<typeof agentNodeSchema>;

export const messageNodeSchema = z.object({
  id: z.string(),
  from: z.string().optional(),
  /** Absent when it was addressed to nobody in particular. */
  to: z.string().optional(),
  call_id: z.string().optional(),
  at: z.string(),
  content: z.json().optional(),
  status: messageStatusSchema,
});
export type MessageNode = z.infer<typeof messageNodeSchema>;

/** A line of the program's own log that was kept; `level` as the program names it. */
export const logNodeSchema = z.object({
  at: z.string(),
  level: z.string(),
  message: z.string().optional(),
  fields: jsonObjectSchema.optional(),
  agent_id: z.string().optional(),
  call_id: z.string().optional(),
});
export type LogNode = z.infer<typeof logNodeSchema>;

/** A value that is no reply of a model; `at` is when it was there. */
export const stepNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  ordinal: z.int().positive().optional(),
  at: z.string(),
  status: z.enum(['ok', 'error']),
  value: z.json().optional(),
  error: errorRecordSchema.optional(),
  agent_id: z.string().optional(),
});
export type StepNode = z.infer<typeof stepNodeSchema>;

export const auditNodeSchema = z.object({
  /** Records read from the journal. */
  events: z.int(),
  /** The writer's own counts; absent when it died before it could write them. */
  dropped: z.int().optional(),
  redactions: z.int().optional(),
  logger_errors: z.int().optional(),
  /** Time spent in the logger, on the calling thread, in microseconds. */
  log_overhead_us: z.number().optional(),
  unpriced_calls: z.int(),
  /** `false` when a segment was written without what was said, so that the run cannot be replayed. */
  capture_content: z.literal(false).optional(),
  /** Lines that are not whole records; a line torn by the writer's death is one. */
  damaged_lines: z.int(),
});

/** `logs/<runId>.json`: a run, its agents and their calls; a pure function of the journal. */
export const runTreeSchema = z.object({
  schema_version: z.int().max(SCHEMA_VERSION),
  run: z.object({
    id: z.string(),
    name: z.string().optional(),
    status: z.union([runEndingSchema, z.literal('running')]),
    started_at: z.string().optional(),
    ended_at: z.string().optional(),
    error: errorRecordSchema.optional(),
    metadata: jsonObjectSchema,
    totals: totalsSchema,
  }),
  agents: z.array(agentNodeSchema),
  messages: z.array(messageNodeSchema),
  /** Lines of the program's own log that were kept, in order; absent when there are none. */
  logs: z.array(logNodeSchema).optional(),
  /** Values that are no replies of models, in order; absent when there are none. */
  steps: z.array(stepNodeSchema).optional(),
  /** Records that belong to no known call, as they stand in the journal. */
  orphans: z.array(jsonObjectSchema),
  audit: auditNodeSchema,
});
export type RunTree = z.infer<typeof runTreeSchema>;
