import type { AgentReply, IncomingMessage } from '@pd/agents';
import type { ChatMessageParam } from '@pd/llm-client';
import { z } from 'zod';
import type { RunnerOptions } from '../agent-runner.ts';

/** A message on its way to a worker. What is inside of messages is passed on as it is. */
export const jobDataSchema = z.object({
  message_id: z.string().min(1),
  agent_id: z.string().min(1),
  /** The version of the agent that has to answer; absent when any will do. */
  agent_version: z.string().optional(),
  message: z.custom<IncomingMessage>(
    (value) => typeof value === 'object' && value !== null && 'content' in value,
  ),
  history: z
    .array(z.custom<ChatMessageParam>((value) => typeof value === 'object' && value !== null))
    .optional(),
  /** Decisions about what the answer waited for; the agent goes on with it. */
  resume: z
    .custom<NonNullable<RunnerOptions['resume']>>((value) => typeof value === 'object' && value !== null)
    .optional(),
  /** The run that the calls belong to; without one they are on no record. */
  run: z.object({ id: z.string().min(1), capture_content: z.literal(false).optional() }).optional(),
  parent_call_id: z.string().optional(),
  /** When nobody waits for the answer any more, in milliseconds since 1970 by the coordinator's clock. */
  deadline_ms: z.number().optional(),
  /** The channel for texts as they come, when somebody wants them. */
  texts: z.string().optional(),
});
export type JobData = z.infer<typeof jobDataSchema>;

const remoteFailureSchema = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  call_id: z.string().optional(),
});

/** How far the records of a job reach, so that they are there before its answer is used. */
const recordsSchema = z.object({ segment: z.string(), bytes: z.number().int().nonnegative() });
export type RecordsUpTo = z.infer<typeof recordsSchema>;

/** What came of a message in a worker. That an agent fails is an outcome, not a failure of the worker. */
export const jobOutcomeSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('ok'),
    worker: z.string(),
    reply: z.custom<AgentReply>(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        'content' in value &&
        typeof value.content === 'string',
    ),
    records: recordsSchema.optional(),
  }),
  z.object({
    status: z.literal('error'),
    worker: z.string(),
    error: remoteFailureSchema,
    records: recordsSchema.optional(),
  }),
]);
export type JobOutcome = z.infer<typeof jobOutcomeSchema>;

/** What a worker says of itself. */
export const presenceSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number(),
  started_at: z.string(),
  roles: z.array(z.string()),
  /** Version by agent id. */
  agents: z.record(z.string(), z.string()),
});
export type Presence = z.infer<typeof presenceSchema>;

/** A piece of an answer as it comes. */
export const textPieceSchema = z.object({
  job: z.string(),
  /** Tells one try of a job from the next. */
  try: z.number(),
  /** Where in the text it begins, in UTF-16 units. */
  at: z.number(),
  text: z.string(),
});
export type TextPiece = z.infer<typeof textPieceSchema>;

/** What workers are told all at once. */
export const controlSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel'), job: z.string() }),
  z.object({ type: z.literal('close_run'), run: z.string() }),
]);
