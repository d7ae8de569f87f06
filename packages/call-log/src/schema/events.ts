import { z } from 'zod';
import {
  agentRefSchema,
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
import { jsonObjectSchema } from './json.ts';

export { SCHEMA_VERSION } from './schema-version.ts';

/** `seq` counts the records of one segment from 0, and a gap is one that was lost; `at` is ISO 8601 UTC with milliseconds. */
const line = { seq: z.int().nonnegative(), at: z.string() };

/** First line of every segment: who writes it, so that a reader can tell "still running" from "died". */
export const segmentStartSchema = z.object({
  ...line,
  type: z.literal('segment.start'),
  schema_version: z.int(),
  run_id: z.string(),
  /** `root`, or the id of one that another process or thread wrote. */
  segment: z.string(),
  /** This segment continues the run for the n-th time, from 1, and owns it from here on. */
  resumes: z.int().positive().optional(),
  /** The call that this process was started for. */
  parent_call_id: z.string().optional(),
  host: z.string(),
  boot_id: z.string().optional(),
  pid: z.int(),
  /** When the process began, in clock ticks since boot; Linux only. Tells a reused pid from the same process. */
  process_start: z.string().optional(),
  /** `false` when what was said is not written, only that something was. */
  capture_content: z.literal(false).optional(),
  writer: z.string(),
});

export const runStartSchema = z.object({
  ...line,
  type: z.literal('run.start'),
  name: z.string().optional(),
  metadata: jsonObjectSchema.optional(),
});

export const agentStartSchema = z.object({
  ...line,
  type: z.literal('agent.start'),
  agent: agentRefSchema,
});

/**
 * One chat message of a request: with its text where this segment has not stored it yet, by its hash
 * alone where it has. The hash is the SHA-256 of the message's JSON as stored, base64url.
 */
export const storedMessageSchema = z.object({ hash: z.string(), message: chatMessageSchema.optional() });
export type StoredMessage = z.infer<typeof storedMessageSchema>;

/** "The first `take` messages of the request of that earlier call." */
export const historySchema = z.object({ call_id: z.string(), take: z.int().positive() });
export type History = z.infer<typeof historySchema>;

export const callStartSchema = z.object({
  ...line,
  type: z.literal('call.start'),
  call_id: z.string(),
  agent_id: z.string(),
  agent_source: agentSourceSchema,
  parent_call_id: z.string().optional(),
  operation: operationSchema,
  provider: z.string(),
  model: z.string(),
  history: historySchema.optional(),
  messages: z.array(storedMessageSchema),
  parameters: jsonObjectSchema.optional(),
  tools: z.array(z.json()).optional(),
  metadata: jsonObjectSchema.optional(),
  /** What was mended of the messages, which are on record as they were sent. */
  mended: z.array(mendedSchema).optional(),
  /** `false` when something in the request was redacted or clipped, so that it is not exactly what was sent. */
  exact: z.literal(false).optional(),
});

export const attemptStartSchema = z.object({
  ...line,
  type: z.literal('attempt.start'),
  call_id: z.string(),
  number: z.int().positive(),
  provider: z.string(),
  model: z.string(),
  /** How long this attempt waited after the one before it, and for limits. */
  waited_ms: z.number().optional(),
  /** What was mended for this attempt's provider, whose rules are others: it may have been sent other messages than the call has. */
  mended: z.array(mendedSchema).optional(),
});

export const attemptEndSchema = z.object({
  ...line,
  type: z.literal('attempt.end'),
  call_id: z.string(),
  number: z.int().positive(),
  status: callEndingSchema,
  http_status: z.int().optional(),
  model: z.string().optional(),
  retry_after_ms: z.number().optional(),
  duration_ms: z.number().optional(),
  error: errorRecordSchema.optional(),
  usage: usageSchema.optional(),
  cost_usd: z.number().optional(),
});

/** The next piece of a stream's text, for whoever watches and for a call that never ends. `call.end` has the whole reply. */
export const callProgressSchema = z.object({
  ...line,
  type: z.literal('call.progress'),
  call_id: z.string(),
  text: z.string(),
});

const arrival = { ends: z.array(z.int()), at_ms: z.array(z.number()) };

/**
 * How the reply's text arrived: the end of each chunk in UTF-16 units, and milliseconds since the call began. `restarts` has
 * the same, and the text, of earlier attempts of which something was handed out before they failed.
 */
export const chunksSchema = z.object({
  ...arrival,
  restarts: z.array(z.object({ attempt: z.int().positive(), text: z.string(), ...arrival })).optional(),
});
export type Chunks = z.infer<typeof chunksSchema>;

export const callEndSchema = z.object({
  ...line,
  type: z.literal('call.end'),
  call_id: z.string(),
  status: callEndingSchema,
  duration_ms: z.number().optional(),
  time_to_first_chunk_ms: z.number().optional(),
  reply: replySchema.optional(),
  usage: usageSchema.optional(),
  cost_usd: z.number().optional(),
  error: errorRecordSchema.optional(),
  chunks: chunksSchema.optional(),
});

/** An envelope from one agent to another; a later record with the same id changes its status. */
export const messageSchema = z.object({
  ...line,
  type: z.literal('message'),
  message_id: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  call_id: z.string().optional(),
  content: z.json().optional(),
  status: messageStatusSchema,
});

export const toolStartSchema = z.object({
  ...line,
  type: z.literal('tool.start'),
  call_id: z.string(),
  tool_call_id: z.string(),
  name: z.string(),
  arguments: z.json().optional(),
});

export const toolEndSchema = z.object({
  ...line,
  type: z.literal('tool.end'),
  call_id: z.string(),
  tool_call_id: z.string(),
  status: z.enum(['ok', 'error', 'denied', 'timeout', 'aborted']),
  result: z.json().optional(),
  duration_ms: z.number().optional(),
});

/** A line of the program's own log, kept in the run's timeline. */
export const logSchema = z.object({
  ...line,
  type: z.literal('log'),
  /** As the program names it: `info`, `warn`, … */
  level: z.string(),
  message: z.string().optional(),
  fields: jsonObjectSchema.optional(),
  agent_id: z.string().optional(),
  call_id: z.string().optional(),
});

/**
 * A value that is no reply of a model and has to be the same when the run is continued: a time, a random number, a person's
 * answer. Written when it is there.
 */
export const stepSchema = z.object({
  ...line,
  type: z.literal('step'),
  step_id: z.string(),
  /** What the value is for; the n-th step of a name is served for the n-th question of that name. */
  name: z.string(),
  /** As which of that name it was begun, where several may be under way at once. */
  ordinal: z.int().positive().optional(),
  status: z.enum(['ok', 'error']),
  value: z.json().optional(),
  error: errorRecordSchema.optional(),
  agent_id: z.string().optional(),
});

/** What is not a function of the other events: counts of the writer itself since the run began. */
export const auditSchema = z.object({
  ...line,
  type: z.literal('audit'),
  dropped: z.int().nonnegative(),
  redactions: z.int().nonnegative(),
  logger_errors: z.int().nonnegative(),
  log_overhead_us: z.number().nonnegative(),
});

export const runEndSchema = z.object({
  ...line,
  type: z.literal('run.end'),
  status: runEndingSchema,
  error: errorRecordSchema.optional(),
});

/** Every record this version writes. Readers keep going over records they do not know. */
export const recordedEventSchema = z.discriminatedUnion('type', [
  segmentStartSchema,
  runStartSchema,
  agentStartSchema,
  callStartSchema,
  attemptStartSchema,
  attemptEndSchema,
  callProgressSchema,
  callEndSchema,
  messageSchema,
  toolStartSchema,
  toolEndSchema,
  logSchema,
  stepSchema,
  auditSchema,
  runEndSchema,
]);

/** One line of the journal. */
export type RecordedEvent = z.infer<typeof recordedEventSchema>;
export type RecordedEventOf<T extends RecordedEvent['type']> = Extract<RecordedEvent, { type: T }>;
