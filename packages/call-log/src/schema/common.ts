import { z } from 'zod';
import { jsonObjectSchema } from './json.ts';

/** Where the agent of a call was found, from the surest to none at all. */
export const agentSourceSchema = z.enum(['explicit', 'binding', 'context', 'message', 'unknown']);
export type AgentSource = z.infer<typeof agentSourceSchema>;

/** How a finished call ended. */
export const callEndingSchema = z.enum(['ok', 'error', 'aborted', 'timeout', 'truncated']);
export type CallEnding = z.infer<typeof callEndingSchema>;

/** What was asked of the model; the values are OpenTelemetry's GenAI operation names where one exists. */
export const operationSchema = z.enum(['chat', 'responses', 'embeddings']);
export type Operation = z.infer<typeof operationSchema>;

/** What happened to an envelope between agents. */
export const messageStatusSchema = z.enum(['delivered', 'handled', 'rejected', 'dead_lettered']);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/** How a run ended. */
export const runEndingSchema = z.enum(['completed', 'failed', 'interrupted']);
export type RunEnding = z.infer<typeof runEndingSchema>;

/** Who asks. */
export const agentRefSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  role: z.string().optional(),
  parent_id: z.string().optional(),
});
export type AgentRef = { id: string; name?: string; role?: string; parent_id?: string };

/**
 * Tokens of one call or attempt. `input_tokens` includes cached tokens and `output_tokens` includes
 * reasoning tokens; a count that is not known is absent, never 0.
 */
export const usageSchema = z.object({
  input_tokens: z.number().optional(),
  output_tokens: z.number().optional(),
  cache_read_input_tokens: z.number().optional(),
  cache_creation_input_tokens: z.number().optional(),
  reasoning_output_tokens: z.number().optional(),
  source: z.enum(['provider', 'estimated', 'none']),
});
export type Usage = z.infer<typeof usageSchema>;

/**
 * An error as data. `type` is the error's name, `code` its stable code, `provider_code` the provider's own, `status`
 * the HTTP status.
 */
export const errorRecordSchema = z.object({
  type: z.string(),
  code: z.string().optional(),
  provider_code: z.string().optional(),
  status: z.number().optional(),
  message: z.string(),
});
export type ErrorRecord = z.infer<typeof errorRecordSchema>;

/** Stands for a large binary part, which lies in `<run id>/blobs/<sha256>`. See `BlobReference` for its fields. */
export const blobReferenceSchema = z.strictObject({
  $blob: z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int(),
    encoding: z.enum(['data_url', 'base64', 'bytes']),
    media_type: z.string().optional(),
  }),
});

/** One chat message as it was sent to a model; its fields are the provider's. */
export const chatMessageSchema = jsonObjectSchema;
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** What was wrong with a request's messages, and was mended before it was sent: a rule of `@pd/llm-client`, and where. */
export const mendedSchema = z.object({
  rule: z.string(),
  /** Of the message, in the messages as they were given. */
  index: z.int(),
  /** The tool call it is about, where it is about one. */
  tool_call_id: z.string().optional(),
  /** What was wrong. */
  message: z.string().optional(),
});
export type Mended = z.infer<typeof mendedSchema>;

/** How one of several replies ended. */
export const choiceEndSchema = z.object({
  finish_reason: z.string().optional(),
  finish_reason_raw: z.string().optional(),
  logprobs: jsonObjectSchema.optional(),
});
export type ChoiceEnd = z.infer<typeof choiceEndSchema>;

/**
 * How many vectors there were, and how long they are. `vectors` is all their numbers, where the client was told to record
 * them: a data URL, or the reference to a large part that one became, of 32-bit floats or, where those would
 * round, of 64-bit ones, little endian.
 */
export const embeddingsShapeSchema = z.object({
  count: z.number(),
  dimensions: z.number(),
  vectors: z.json().optional(),
});

/** The reply of a call. `partial` is true when the reply stopped before its end. */
export const replySchema = z.object({
  id: z.string().optional(),
  model: z.string().optional(),
  message: jsonObjectSchema.optional(),
  /** The replies after the first, when more than one was asked for. */
  other_choices: z.array(jsonObjectSchema).optional(),
  /** How those ended, in the same order. */
  other_ends: z.array(choiceEndSchema).optional(),
  /** The output items of a reply of the Responses API, as they came; `message` says the same as a chat message. */
  output: z.array(jsonObjectSchema).optional(),
  finish_reason: z.string().optional(),
  finish_reason_raw: z.string().optional(),
  /** The log probabilities of the first reply's tokens, as they came. */
  logprobs: jsonObjectSchema.optional(),
  /** What came of a request for embeddings. */
  embeddings: embeddingsShapeSchema.optional(),
  partial: z.boolean().optional(),
  cached: z.boolean().optional(),
});
export type Reply = z.infer<typeof replySchema>;
