import { z } from 'zod';
import {
  agentRefSchema,
  callEndingSchema,
  errorRecordSchema,
  mendedSchema,
  messageStatusSchema,
  operationSchema,
  replySchema,
  runEndingSchema,
  usageSchema,
} from './common.ts';
import { attemptEndSchema, attemptStartSchema, chunksSchema, stepSchema, toolEndSchema } from './events.ts';

/** What every event may say about where it belongs. */
const located = { at: z.iso.datetime({ offset: true }).optional(), run_id: z.string().optional() };

/** Values of the caller's own, which need not be JSON. */
const anyObject = z.custom<object>(
  (value) => typeof value === 'object' && value !== null,
  'has to be an object',
);

const { number, provider, model, waited_ms, mended } = attemptStartSchema.shape;
const { status, http_status, retry_after_ms, duration_ms, error, usage, cost_usd } = attemptEndSchema.shape;

/**
 * What a logger function is given, to check what comes from elsewhere or to know in tests what one may expect. Strict: a
 * field that is not in the contract is an error. The types are `LogEvent` and its parts.
 */
export const logEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...located,
    type: z.literal('run.start'),
    run_id: z.string(),
    name: z.string().optional(),
    metadata: anyObject.optional(),
  }),
  z.strictObject({
    ...located,
    type: z.literal('run.end'),
    run_id: z.string(),
    status: runEndingSchema,
    error: errorRecordSchema.optional(),
  }),
  z.strictObject({
    ...located,
    type: z.literal('call.start'),
    call_id: z.string(),
    parent_call_id: z.string().optional(),
    agent: agentRefSchema.optional(),
    agent_source: z.enum(['explicit', 'binding', 'context']).optional(),
    operation: operationSchema,
    provider: z.string(),
    model: z.string(),
    messages: z.array(anyObject),
    parameters: anyObject.optional(),
    tools: z.array(anyObject).optional(),
    mended: z.array(mendedSchema).optional(),
    exact: z.literal(false).optional(),
    metadata: anyObject.optional(),
  }),
  z.strictObject({
    ...located,
    type: z.literal('attempt.start'),
    call_id: z.string(),
    number,
    provider,
    model,
    waited_ms,
    mended,
  }),
  z.strictObject({
    ...located,
    type: z.literal('attempt.end'),
    call_id: z.string(),
    number,
    status,
    http_status,
    model: model.optional(),
    retry_after_ms,
    duration_ms,
    error,
    usage,
    cost_usd,
  }),
  z.strictObject({ ...located, type: z.literal('call.progress'), call_id: z.string(), text: z.string() }),
  z.strictObject({
    ...located,
    type: z.literal('call.end'),
    call_id: z.string(),
    status: callEndingSchema,
    duration_ms,
    time_to_first_chunk_ms: z.number().optional(),
    reply: replySchema.optional(),
    usage: usageSchema.optional(),
    cost_usd,
    error,
    chunks: chunksSchema.optional(),
  }),
  z.strictObject({ ...located, type: z.literal('agent.start'), agent: agentRefSchema }),
  z.strictObject({
    ...located,
    type: z.literal('message'),
    message_id: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    call_id: z.string().optional(),
    content: z.json().optional(),
    status: messageStatusSchema,
  }),
  z.strictObject({
    ...located,
    type: z.literal('tool.start'),
    call_id: z.string(),
    tool_call_id: z.string(),
    name: z.string(),
    arguments: z.unknown(),
  }),
  z.strictObject({
    ...located,
    type: z.literal('tool.end'),
    call_id: z.string(),
    tool_call_id: z.string(),
    status: toolEndSchema.shape.status,
    result: z.unknown(),
    duration_ms,
  }),
  z.strictObject({
    ...located,
    type: z.literal('log'),
    level: z.string(),
    message: z.string().optional(),
    fields: anyObject.optional(),
    agent_id: z.string().optional(),
    call_id: z.string().optional(),
  }),
  z.strictObject({
    ...located,
    type: z.literal('step'),
    step_id: z.string(),
    name: z.string(),
    ordinal: z.int().positive().optional(),
    status: stepSchema.shape.status,
    value: z.unknown().optional(),
    error,
    agent_id: z.string().optional(),
  }),
]);
