import type { AgentRef } from '@pd/call-log/schema';
import { type ChatRequest, type ChatResult, type LLMClient, LLMClientError } from '@pd/llm-client';
import type { AgentPart, AgentReply } from '../agent.ts';
import type { Guardrails } from '../guardrails/guardrail.ts';
import { runGuardrails } from '../guardrails/run-guardrails.ts';
import { tellGuardrail } from '../guardrails/tell-guardrail.ts';
import { type Approve, approveCalls } from '../tools/approve.ts';
import { type ReadyCall, readyCalls } from '../tools/ready-call.ts';
import { runTools } from '../tools/run-tools.ts';
import type { AgentTool, ToolSettings } from '../tools/tool.ts';
import { type Ask, withoutText } from './ask.ts';
import { type LoopDeadline, startLoopDeadline } from './loop-deadline.ts';
import { DEFAULT_LIMITS, type LoopLimits } from './loop-limits.ts';
import { outcomeOf } from './outcome.ts';
import { REPEATED_NOTE, Repetition } from './repetition.ts';
import type { StopReason } from './stop-reason.ts';
import { toPending } from './to-pending.ts';
import { withToolCallIds } from './tool-call-ids.ts';
import type { Turn } from './turn.ts';

/** What an agent answers with. */
export interface LoopSetup {
  client: LLMClient;
  agent: AgentRef;
  /** What every request has in common. */
  request: Omit<ChatRequest, 'messages' | 'tools' | 'signal'>;
  tools: readonly AgentTool[];
  toolSettings: ToolSettings & { concurrency: number };
  approve: Approve | undefined;
  limits: LoopLimits;
  guardrails: Guardrails;
  /** Stable id of the message that is being answered. */
  messageId?: string | undefined;
}

type Parts<Result> = AsyncGenerator<AgentPart, Result, undefined>;

/**
 * Asks the model, runs the tools it calls, and asks again with their results, until it answers or something ends it.
 *
 * @param resumed tool calls that have been decided on, with which it begins
 */
export async function* runLoop(
  setup: LoopSetup,
  turn: Turn,
  ask: Ask,
  signal: AbortSignal | undefined,
  resumed?: { callId: string; calls: readonly ReadyCall[] },
): Parts<AgentReply> {
  const deadline = startLoopDeadline(setup.limits.seconds, signal);
  const limits = { ...DEFAULT_LIMITS, ...setup.limits };
  const step: Step = { ...setup, limits, turn, ask, deadline, repetition: new Repetition() };
  try {
    const ended = resumed && (yield* useTools(step, resumed.callId, resumed.calls));
    if (ended !== undefined) return yield* guardedPartial(step, ended);
    for (let retries = 0; ; ) {
      const reply = yield* askModel(step);
      if (reply.toolCalls.length > 0) {
        const over = yield* callTools(step, reply);
        if (over !== undefined) return yield* guardedPartial(step, over);
        continue;
      }
      const answer = await finish(step, reply, retries < (setup.guardrails.maxRetries ?? DEFAULT_RETRIES));
      if (answer === undefined) {
        retries++;
        const limit = turn.spent.reached(limits);
        if (limit !== undefined) return turn.reply(limit, { content: '', messages: [] });
        continue;
      }
      if (isHeldBack(setup) && answer.content !== '') yield { type: 'text-delta', text: answer.content };
      return answer;
    }
  } catch (error) {
    const reason = limitIn(error, deadline, turn);
    if (reason === undefined) throw error;
    closeToolCalls(turn);
    // There is no time left to look at what there is, and no money.
    return turn.reply(reason, isHeldBack(setup) ? { content: '' } : {});
  } finally {
    deadline.clear();
  }
}

interface Step extends LoopSetup {
  turn: Turn;
  ask: Ask;
  deadline: LoopDeadline;
  repetition: Repetition;
  limits: LoopLimits & { repeats: number };
}

const DEFAULT_RETRIES = 2;

/** A text that a guardrail may not let pass is not streamed before. */
function isHeldBack({ guardrails }: LoopSetup): boolean {
  return (guardrails.output?.length ?? 0) > 0;
}

async function* askModel(step: Step): Parts<ChatResult> {
  const { client, request, tools, turn, ask, deadline } = step;
  const source = ask(client, {
    ...request,
    messages: turn.messages,
    ...(tools.length > 0 && { tools: [...tools] }),
    signal: deadline.signal,
  });
  const reply = withToolCallIds(yield* isHeldBack(step) ? withoutText(source) : source);
  turn.replied(reply);
  return reply;
}

/** Decides on the tool calls of a reply and runs them. @returns the agent's reply, when that is the end */
async function* callTools(step: Step, reply: ChatResult): Parts<AgentReply | undefined> {
  const { turn, tools, approve, agent, limits, deadline } = step;
  turn.keep(reply.message);
  const limit = turn.spent.reached(limits);
  if (limit !== undefined) return stopped(turn, limit);
  const calls = await readyCalls(reply, tools);
  const context = { callId: reply.callId, agent, signal: deadline.signal };
  const approved = await approveCalls(calls, approve, context);
  if (approved.some(({ needsDecision }) => needsDecision)) {
    return turn.reply('approval', { pending: toPending(turn, agent, reply.callId, approved), messages: [] });
  }
  return yield* useTools(
    step,
    reply.callId,
    approved.map(({ call }) => call),
  );
}

async function* useTools(
  { turn, toolSettings, agent, client, deadline, repetition, limits, messageId }: Step,
  callId: string,
  calls: readonly ReadyCall[],
): Parts<AgentReply | undefined> {
  const { signal } = deadline;
  const spend = turn.spent.add.bind(turn.spent);
  const runs = yield* runTools(calls, toolSettings.concurrency, {
    callId,
    agent,
    client,
    settings: toolSettings,
    signal,
    spend,
    // Not the call: its id is another one when another process asks again.
    keyBase: messageId === undefined ? undefined : JSON.stringify([messageId, agent.id, turn.spent.steps]),
  });
  turn.runs.push(...runs);
  const times = runs.map((run) => repetition.count(run));
  for (const [i, { id, content }] of runs.entries())
    turn.answer(id, times[i] === 2 ? `${content}\n${REPEATED_NOTE}` : content);
  signal.throwIfAborted();
  if (times.some((count) => count >= limits.repeats)) return turn.reply('repeated_tool_call');
  const hasEnded = runs.some(
    ({ status }, i) => status === 'ok' && calls[i]?.type === 'run' && calls[i].tool.endsTurn,
  );
  return hasEnded ? turn.reply('ended_by_tool') : undefined;
}

/** The model has answered. @returns nothing when it has been told to answer again */
async function finish(
  { turn, guardrails, agent, client, deadline }: Step,
  reply: ChatResult,
  mayRetry: boolean,
): Promise<AgentReply | undefined> {
  const reason = outcomeOf(reply);
  if (reason === 'empty') return turn.reply(reason, { content: '', messages: [] });
  if (reason === 'refusal') {
    // As its text: not every provider takes back a message with a refusal and no content.
    turn.keep({ role: 'assistant', content: reply.refusal ?? '' });
    return turn.reply(reason, { content: '' });
  }
  const guarded = await runGuardrails(
    guardrails.output ?? [],
    reply.text,
    { on: 'output', agent, signal: deadline.signal },
    tellGuardrail(client, agent, 'output', reply.callId),
  );
  if (guarded.type === 'pass') {
    const { content } = guarded;
    if (reason === 'content_filter') return turn.reply(reason, { content, messages: [] });
    turn.keep({ role: 'assistant', content });
    return turn.reply(reason, { content });
  }
  if (guarded.type === 'retry' && mayRetry) {
    turn.retry(reply.text, guarded.feedback);
    return undefined;
  }
  const why = guarded.type === 'block' ? guarded.reason : guarded.feedback;
  return turn.reply('blocked', {
    content: '',
    messages: [],
    blockedBy: { name: guarded.name, on: 'output', reason: why },
  });
}

/** What there is of an answer that ended before the model was done. No text leaves that the guardrails have not seen. */
async function* guardedPartial(step: Step, reply: AgentReply): Parts<AgentReply> {
  if (!isHeldBack(step) || reply.content === '') return reply;
  const { guardrails, agent, client, deadline } = step;
  const tell = tellGuardrail(client, agent, 'output', reply.callId);
  const context = { on: 'output' as const, agent, signal: deadline.signal };
  const guarded = await runGuardrails(guardrails.output ?? [], reply.content, context, tell);
  if (guarded.type !== 'pass') return { ...reply, content: '' };
  if (guarded.content !== '') yield { type: 'text-delta', text: guarded.content };
  return { ...reply, content: guarded.content };
}

/** The limit that has ended a step under way: its time, or a budget of the client, when there is something to show for it. */
function limitIn(error: unknown, deadline: LoopDeadline, turn: Turn): StopReason | undefined {
  if (deadline.isOver && error === deadline.signal.reason) return 'max_seconds';
  const isBudget = LLMClientError.isInstance(error) && error.code === 'budget_exceeded';
  return isBudget && turn.spent.steps > 0 ? 'max_cost' : undefined;
}

/** A limit was reached: what the model wanted of its tools is left undone, and said to be. */
function stopped(turn: Turn, reason: StopReason): AgentReply {
  closeToolCalls(turn);
  return turn.reply(reason);
}

/** A tool call without an answer makes a history that providers refuse. */
function closeToolCalls(turn: Turn): void {
  const last = turn.messages.at(-1);
  if (last?.role !== 'assistant') return;
  for (const { id } of last.tool_calls ?? [])
    turn.answer(id, '{"error":"not run: the answer had to end here"}');
}
