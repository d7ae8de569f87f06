import type { Reply, Usage } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { toFinishReason } from './finish-reason.ts';
import type { WireChoice, WireCompletion, WireMessage, WireToolCall, WireUsage } from './shapes.ts';
import { toUsage } from './usage.ts';

/** A piece of a tool call: the first one has the name, the arguments come in pieces. */
export interface ToolCallDelta {
  /** Position of the tool call in the reply. */
  index: number;
  id?: string;
  name?: string;
  arguments: string;
}

/** What one chunk added to the first choice. */
export interface ChunkDelta {
  text: string;
  reasoning: string;
  toolCalls: ToolCallDelta[];
}

interface ChoiceState {
  message: WireMessage & { role: string };
  finishReason: string | undefined;
}

/** Assembles the chunks of a streamed chat completion, odd ones included. Works for a whole reply as one chunk, too. */
export class ChatAssembly {
  readonly #choices = new Map<number, ChoiceState>();
  #id: string | undefined;
  #model: string | undefined;
  #usage: WireUsage | undefined;

  push(chunk: WireCompletion): ChunkDelta {
    // Azure's first chunk has empty strings where the others have values.
    this.#id ||= chunk.id;
    this.#model = chunk.model || this.#model;
    this.#usage = chunk.usage ?? chunk.x_groq?.usage ?? this.#usage;
    const added: ChunkDelta = { text: '', reasoning: '', toolCalls: [] };
    for (const choice of chunk.choices ?? []) this.#pushChoice(choice, added);
    return added;
  }

  /** Whether the terminal signal has come: a finish reason for every choice that was begun. */
  get complete(): boolean {
    const states = [...this.#choices.values()];
    return states.length > 0 && states.every(({ finishReason }) => finishReason !== undefined);
  }

  get usage(): Usage {
    return toUsage(this.#usage);
  }

  /** The reply so far, as the log records it. */
  reply(): Reply {
    const first = this.#choices.get(0) ?? this.#choices.values().next().value;
    const others = [...this.#choices.values()].filter((choice) => choice !== first);
    const raw = first?.finishReason;
    return {
      ...(this.#id !== undefined && { id: this.#id }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(first !== undefined && { message: toJson(first.message) }),
      ...(others.length > 0 && { other_choices: others.map(({ message }) => toJson(message)) }),
      ...(raw !== undefined && { finish_reason: toFinishReason(raw), finish_reason_raw: raw }),
      ...(!this.complete && { partial: true }),
    };
  }

  #pushChoice({ index = 0, delta, message, finish_reason }: WireChoice, added: ChunkDelta): void {
    let state = this.#choices.get(index);
    if (state === undefined) {
      state = { message: { role: 'assistant', content: null }, finishReason: undefined };
      this.#choices.set(index, state);
    }
    const part = delta ?? message;
    if (part) {
      const piece = addToMessage(state.message, part);
      if (index === 0) {
        added.text += piece.text;
        added.reasoning += piece.reasoning;
        added.toolCalls.push(...piece.toolCalls);
      }
    }
    if (finish_reason) state.finishReason = finish_reason;
  }
}

function addToMessage(message: WireMessage, part: WireMessage): ChunkDelta {
  if (part.role) message.role = part.role;
  if (typeof part.content === 'string') message.content = (message.content ?? '') + part.content;
  if (typeof part.refusal === 'string') message.refusal = (message.refusal ?? '') + part.refusal;
  for (const field of ['reasoning_content', 'reasoning'] as const) {
    if (typeof part[field] === 'string') message[field] = (message[field] ?? '') + part[field];
  }
  const toolCalls = (part.tool_calls ?? []).map((call, position) => {
    message.tool_calls ??= [];
    return addToolCall(message.tool_calls, call, position);
  });
  return { text: part.content ?? '', reasoning: part.reasoning_content ?? part.reasoning ?? '', toolCalls };
}

/** By index where there is one; without it (Mistral, Gemini) a new id begins a new call. */
function addToolCall(calls: WireToolCall[], part: WireToolCall, position: number): ToolCallDelta {
  const { index, id, type = 'function', function: fn = {} } = part;
  const at = calls.findIndex((call, i) =>
    index !== undefined ? call.index === index : id !== undefined ? call.id === id : i === position,
  );
  const known = calls[at];
  if (known === undefined) {
    calls.push({
      ...(index !== undefined && { index }),
      ...(id !== undefined && { id }),
      type,
      function: { name: fn.name ?? '', arguments: fn.arguments ?? '' },
    });
  } else {
    known.id ||= id;
    // Some servers repeat the name in every chunk; none splits it.
    known.function = {
      name: fn.name || known.function?.name || '',
      arguments: (known.function?.arguments ?? '') + (fn.arguments ?? ''),
    };
  }
  return {
    index: known === undefined ? calls.length - 1 : at,
    ...(id !== undefined && { id }),
    ...(fn.name !== undefined && { name: fn.name }),
    arguments: fn.arguments ?? '',
  };
}

function toJson({ tool_calls, ...message }: WireMessage): JsonObject {
  const calls = tool_calls?.map(({ index: _, ...call }) => call);
  const whole = { ...message, ...(calls && calls.length > 0 && { tool_calls: calls }) };
  return whole as JsonObject;
}
