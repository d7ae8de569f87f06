import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentRef } from '@pd/call-log/schema';
import type { LLMClient } from '@pd/llm-client';
import type { ReadyCall } from './ready-call.ts';
import { recordedRun } from './recorded-run.ts';
import { clip, toResultText } from './to-result-text.ts';
import type { AgentTool, ToolContext, ToolSettings } from './tool.ts';
import type { ToolRun } from './tool-run.ts';
import { ToolTimeout, within } from './within.ts';

/** What all tool calls of a step have in common. */
export interface ToolStep {
  /** The model call that asked for them. */
  callId: string;
  agent: AgentRef;
  client: Pick<LLMClient, 'record' | 'resume'>;
  settings: ToolSettings;
  signal: AbortSignal;
  spend: ToolContext['spend'];
  /** What the idempotency keys of the step derive from, besides the position; default: the call and the model's own ids. */
  keyBase?: string | undefined;
}

export const DEFAULT_TOOL_SETTINGS = { timeoutMs: 60_000, retries: 0, maxResultCharacters: 50_000 };
/** Between the attempts of a tool; doubled with each. */
const RETRY_DELAY_MS = 100;

/** What came of a tool, before it is told. */
type Came = { status: ToolRun['status']; value: unknown; attempts: number };

/**
 * Runs one tool call and puts it on record. Whatever goes wrong is data: the model is told, and goes on. In a run that is
 * resumed, one whose result is on record is not run.
 */
export async function runToolCall(call: ReadyCall, step: ToolStep): Promise<ToolRun> {
  const recorded = recordedRun(call, step);
  if (recorded !== undefined) return recorded;
  const { id, name, arguments: given } = call;
  const startedMs = performance.now();
  const about = { call_id: step.callId, tool_call_id: id };
  step.client.record({ type: 'tool.start', ...about, name, arguments: given });
  const came = call.type === 'run' ? await attemptAll(call, step) : refused(call);
  const settings = {
    ...DEFAULT_TOOL_SETTINGS,
    ...step.settings,
    ...(call.type === 'run' && call.tool.settings),
  };
  const told = tell(came, settings.maxResultCharacters);
  const durationMs = Math.round((performance.now() - startedMs) * 1000) / 1000;
  step.client.record({
    type: 'tool.end',
    ...about,
    status: told.status,
    result: told.content,
    duration_ms: durationMs,
  });
  return { id, name, arguments: given, ...told, attempts: came.attempts, durationMs };
}

function refused(call: Exclude<ReadyCall, { type: 'run' }>): Came {
  return call.type === 'denied'
    ? { status: 'denied', value: new Error(call.reason), attempts: 0 }
    : { status: 'error', value: { error: call.error }, attempts: 0 };
}

async function attemptAll(call: Extract<ReadyCall, { type: 'run' }>, step: ToolStep): Promise<Came> {
  const { tool } = call;
  const { timeoutMs, retries } = { ...DEFAULT_TOOL_SETTINGS, ...step.settings, ...tool.settings };
  const idempotencyKey = keyOf(call, step);
  for (let attempt = 1; ; attempt++) {
    let value: unknown;
    try {
      value = await within(timeoutMs, step.signal, (signal) => {
        const { callId, agent, client, spend } = step;
        const context = {
          signal,
          toolCallId: call.id,
          callId,
          idempotencyKey,
          attempt,
          agent,
          record: client.record,
          spend,
        };
        return tool.execute(call.input as never, context);
      });
    } catch (error) {
      if (step.signal.aborted)
        return { status: 'aborted', value: new Error('not done: the answer was ended'), attempts: attempt };
      if (attempt > retries) {
        const status = error instanceof ToolTimeout ? 'timeout' : 'error';
        return { status, value: toError(error), attempts: attempt };
      }
      const delayMs = RETRY_DELAY_MS * 2 ** Math.min(attempt - 1, 6);
      await sleep(delayMs, undefined, { signal: step.signal }).catch(() => {});
      continue;
    }
    // It has run: whatever is wrong with its result is no reason to run it again.
    return { ...(await checkedOutput(tool, value)), attempts: attempt };
  }
}

async function checkedOutput(tool: AgentTool, value: unknown): Promise<Omit<Came, 'attempts'>> {
  if (tool.output === undefined) return { status: 'ok', value };
  let why: string;
  try {
    const validated = await tool.output['~standard'].validate(value);
    if (validated.issues === undefined) return { status: 'ok', value: validated.value };
    why = validated.issues.map(({ message }) => message).join('; ');
  } catch (error) {
    why = toError(error).message;
  }
  return {
    status: 'error',
    value: new Error(`what ${tool.function.name} returned is not what it should be: ${why}`),
  };
}

function tell({ status, value }: Came, most: number): Pick<ToolRun, 'status' | 'content' | 'result'> {
  try {
    const content = clip(toResultText(value), most);
    return status === 'ok' ? { status, content, result: value } : { status, content };
  } catch (error) {
    // It has run, and what it did is done; only its result cannot be told.
    return {
      status: 'error',
      content: toResultText(new Error(`its result cannot be told: ${toError(error).message}`)),
    };
  }
}

/** Anything may be thrown, also what cannot be looked at. */
function toError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error) return new Error(String(thrown.message) || thrown.name);
    if (typeof thrown === 'string') return new Error(thrown);
    return new Error(`it threw ${typeof thrown === 'object' ? toResultText(thrown) : String(thrown)}`);
  } catch {
    return new Error('it threw what cannot be told');
  }
}

function keyOf({ id, position }: ReadyCall, { callId, keyBase }: ToolStep): string {
  const text = keyBase === undefined ? `${callId}\n${position}\n${id}` : `${keyBase}\n${position}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
