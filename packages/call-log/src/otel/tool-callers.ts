import type { JsonValue } from '../schema/json.ts';
import { isObject, parsed, textOf } from './attributes.ts';
import type { CallReading, Nanoseconds, ToolReading } from './reading.ts';

/** A call that may have asked for tools. */
interface Asker {
  callId: string;
  scope: string;
  start: Nanoseconds | undefined;
}

/** One tool call in a reply. */
interface Asked extends Asker {
  toolCallId: string | undefined;
  arguments: string;
  served: boolean;
}

/** Where a tool ran. */
export interface ToolPlace {
  scope: string;
  start: Nanoseconds | undefined;
}

/**
 * Which call asked for a tool: the one whose reply has the id of the tool call; where the tool's span has none, the one
 * of the same agent whose reply names the tool with the same arguments; where replies are not on record, the agent's
 * last call before, if it ended with tool calls. Anything else would be guessing.
 */
export class ToolCallers {
  readonly #byId = new Map<string, Asked[]>();
  readonly #byName = new Map<string, Asked[]>();
  /** Calls that ended with tool calls of which nothing is known. */
  readonly #silent = new Map<string, Asker[]>();
  /** All calls of an agent. */
  readonly #calls = new Map<string, Asker[]>();

  add(callId: string, scope: string, start: Nanoseconds | undefined, { reply }: CallReading): void {
    const asker = { callId, scope, start };
    push(this.#calls, scope, asker);
    const calls = reply?.message?.tool_calls;
    if (reply?.message === undefined && reply?.finish_reason === 'tool-calls')
      push(this.#silent, scope, asker);
    for (const call of Array.isArray(calls) ? calls : []) {
      const id = textOf(call, 'id');
      const called = isObject(call) ? (call.function ?? call.custom) : undefined;
      const name = textOf(called, 'name');
      const asked = { ...asker, toolCallId: id, arguments: canonical(argumentsOf(called)), served: false };
      if (id !== undefined) push(this.#byId, id, asked);
      if (name !== undefined) push(this.#byName, `${scope}\n${name}`, asked);
    }
  }

  /** The call that asked for a tool, and the id it gave the tool call, where that is known. */
  find(tool: ToolReading, place: ToolPlace): { callId: string; toolCallId?: string | undefined } | undefined {
    const asked = this.#asked(tool, place);
    if (asked !== undefined) asked.served = true;
    return asked ?? lastBefore(this.#silent.get(place.scope) ?? [], place.start);
  }

  /** The last call of an agent that began before. */
  last({ scope, start }: ToolPlace): string | undefined {
    return lastBefore(this.#calls.get(scope) ?? [], start)?.callId;
  }

  #asked(
    { toolCallId, name, arguments: given }: ToolReading,
    { scope, start }: ToolPlace,
  ): Asked | undefined {
    if (toolCallId !== undefined) {
      const all = this.#byId.get(toolCallId) ?? [];
      // Ids ought to be unique. Where they are not, the same agent's come first, then those that nobody has answered.
      const nearest = all.filter((asked) => asked.scope === scope);
      const near = nearest.length > 0 ? nearest : all;
      const waiting = near.filter(({ served }) => !served);
      return lastBefore(waiting.length > 0 ? waiting : near, start);
    }
    const wanted = given === undefined ? undefined : canonical(given);
    return (this.#byName.get(`${scope}\n${name}`) ?? []).find(
      (asked) => !asked.served && (wanted === undefined || asked.arguments === wanted),
    );
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A missing time rules nothing out. */
function lastBefore<T extends Asker>(askers: readonly T[], time: Nanoseconds | undefined): T | undefined {
  return askers.findLast(({ start }) => start === undefined || time === undefined || start <= time);
}

function argumentsOf(called: JsonValue | undefined): JsonValue {
  return isObject(called) ? (called.arguments ?? called.input ?? null) : null;
}

/** Arguments as text that does not depend on spaces. */
function canonical(given: JsonValue): string {
  return JSON.stringify(parsed(given));
}
