import type { Issue, ObjectFailureReason, ObjectRequest, OutputOf, StandardSchema } from '@pd/llm-client';
import type { AgentReply } from '../agent.ts';
import type { LoopSetup } from './run-loop.ts';
import type { StopReason } from './stop-reason.ts';
import type { Turn } from './turn.ts';

/** An object to ask an agent for; see `generateObject()` of the client. */
export interface AgentObjectRequest<Schema extends StandardSchema>
  extends Pick<ObjectRequest<Schema>, 'schema' | 'name' | 'description' | 'maxRepairs' | 'mode'> {
  /** Said to the model after it has worked with its tools. Default: that it is to give its result. */
  instruction?: string;
}

/** The object that an agent has made, or why there is none; both with the reply it came in. */
export type AgentObject<Output> =
  | { ok: true; object: Output; reply: AgentReply }
  /** `reply.stopReason` says why, `issues` what did not fit (`invalid_object`). */
  | { ok: false; issues: readonly Issue[]; reply: AgentReply };

const INSTRUCTION = 'Now give the result of your work.';

/** Asks for an object after all that was said in a turn. */
export async function makeObject<Schema extends StandardSchema>(
  { client, request, tools }: Pick<LoopSetup, 'client' | 'request' | 'tools'>,
  turn: Turn,
  { instruction = INSTRUCTION, ...asked }: AgentObjectRequest<Schema>,
  signal: AbortSignal | undefined,
): Promise<AgentObject<OutputOf<Schema>>> {
  const prompt = tools.length === 0 ? [] : [{ role: 'user' as const, content: instruction }];
  for (const message of prompt) turn.keep(message);
  const {
    tool_choice: _choice,
    parallel_tool_calls: _parallel,
    response_format: _format,
    n: _n,
    ...shared
  } = request;
  const result = await client.generateObject({ ...shared, ...asked, messages: turn.messages, signal });
  for (const call of result.calls) turn.replied(call);
  if (!result.ok) {
    const reply = turn.reply(STOP_REASONS[result.reason], { content: '', messages: [] });
    return { ok: false, issues: result.issues, reply };
  }
  const content = JSON.stringify(result.object) ?? 'null';
  turn.keep({ role: 'assistant', content });
  return { ok: true, object: result.object, reply: turn.reply('done', { content }) };
}

/** There is no object, because the answer ended before. */
export function objectFailure(reply: AgentReply): { ok: false; issues: readonly Issue[]; reply: AgentReply } {
  return { ok: false, issues: [], reply };
}

const STOP_REASONS: Record<ObjectFailureReason, StopReason> = {
  'not-json': 'invalid_object',
  schema: 'invalid_object',
  refusal: 'refusal',
  length: 'length',
  'content-filter': 'content_filter',
};
