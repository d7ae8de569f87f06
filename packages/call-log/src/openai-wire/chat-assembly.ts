import type { Reply, Usage } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { toFinishReason } from './finish-reason.ts';
import type { WireChoice, WireCompletion, WireMessage, WireToolCall, WireUsage } from './shapes.ts';
import { toUsage } from './usage.ts';

/** What one chunk added to the first choice. */
export interface ChunkDelta {
  text: string;
  reasoning: string;
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
    const added: ChunkDelta = { text: '', reasoning: '' };
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
      const { text, reasoning } = addToMessage(state.message, part);
      if (index === 0) {
        added.text += text;
        added.reasoning += reasoning;
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
  (part.tool_calls ?? []).forEach((call, position) => {
    message.tool_calls ??= [];
    addToolCall(message.tool_calls, call, position);
  });
  return { text: part.content ?? '', reasoning: part.reasoning_content ?? part.reasoning ?? '' };
}

/** By index where there is one; without it (Mistral, Gemini) a new id begins a new call. */
function addToolCall(calls: WireToolCall[], part: WireToolCall, position: number): void {
  const known =
    part.index !== undefined
      ? calls.find((call) => call.index === part.index)
      : part.id !== undefined
        ? calls.find((call) => call.id === part.id)
        : calls[position];
  if (known === undefined) {
    const { index, id, type = 'function', function: fn } = part;
    calls.push({
      ...(index !== undefined && { index }),
      ...(id !== undefined && { id }),
      type,
      function: { name: fn?.name ?? '', arguments: fn?.arguments ?? '' },
    });
    return;
  }
  known.id ||= part.id;
  const fn = known.function ?? {};
  // Some servers repeat the name in every chunk; none splits it.
  if (part.function?.name) fn.name = part.function.name;
  fn.arguments = (fn.arguments ?? '') + (part.function?.arguments ?? '');
}

function toJson({ tool_calls, ...message }: WireMessage): JsonObject {
  const calls = tool_calls?.map(({ index: _, ...call }) => call);
  const whole = { ...message, ...(calls && calls.length > 0 && { tool_calls: calls }) };
  return whole as JsonObject;
}
