import type { LogEvent } from '@pd/call-log/schema';
import { createScriptedClient, type ScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { type ModelAgentOptions, SimpleAgent } from '../src/index.ts';

/** An agent whose model follows a script, and everything that was put on record. */
export function scripted(
  steps: readonly ScriptedStep[],
  options: Partial<ModelAgentOptions> = {},
): { agent: SimpleAgent; client: ScriptedClient; events: LogEvent[] } {
  const { client, events } = script(steps);
  return { agent: new SimpleAgent({ id: 'a', client, ...options }), client, events };
}

/** A step in which the model calls tools. */
export function calls(
  ...toolCalls: { name: string; arguments?: object | string; id?: string }[]
): ScriptedStep {
  return { reply: { toolCalls } };
}

/** The events of one type. */
export function only<T extends LogEvent['type']>(events: readonly LogEvent[], type: T) {
  return events.filter((event): event is Extract<LogEvent, { type: T }> => event.type === type);
}

/** A client that follows a script, and everything that was put on record. */
export function script(steps: readonly ScriptedStep[]): { client: ScriptedClient; events: LogEvent[] } {
  const events: LogEvent[] = [];
  return { client: createScriptedClient(steps, { logger: (event) => events.push(event) }), events };
}

/** A step that is answered with a value as JSON. */
export function json(value: unknown): ScriptedStep {
  return { reply: { json: value } };
}
