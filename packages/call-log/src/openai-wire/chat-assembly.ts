import type { ChoiceEnd, Reply, Usage } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { accumulateFields } from './accumulate.ts';
import { toFinishReason } from './finish-reason.ts';
import { MessageAssembly } from './message-assembly.ts';
import { reportedCostUsd } from './reported-cost.ts';
import type { WireChoice, WireCompletion, WireUsage } from './shapes.ts';
import type { ToolCallDelta } from './tool-call-assembly.ts';
import { toUsage } from './usage.ts';

/** What one chunk added to the first choice. */
export interface ChunkDelta {
  text: string;
  reasoning: string;
  toolCalls: ToolCallDelta[];
}

interface ChoiceState {
  message: MessageAssembly;
  finishReason: string | undefined;
  logprobs: object | undefined;
}

/** Assembles the chunks of a streamed chat completion, odd ones included. Works for a whole reply as one chunk, too. */
export class ChatAssembly {
  readonly #choices = new Map<number, ChoiceState>();
  readonly #expected: number;
  #id: string | undefined;
  #model: string | undefined;
  #usage: WireUsage | undefined;
  #serviceTier: string | undefined;

  /** @param expected how many choices a stream is to have, so that one that is cut between two of them is not whole */
  constructor(expected = 1) {
    this.#expected = expected;
  }

  push(chunk: WireCompletion): ChunkDelta {
    // Azure's first chunk has empty strings where the others have values.
    this.#id ||= chunk.id;
    this.#model = chunk.model || this.#model;
    this.#usage = chunk.usage ?? chunk.x_groq?.usage ?? this.#usage;
    this.#serviceTier = chunk.service_tier || this.#serviceTier;
    const added: ChunkDelta = { text: '', reasoning: '', toolCalls: [] };
    for (const choice of chunk.choices ?? []) this.#pushChoice(choice, added);
    return added;
  }

  /**
   * Whether the terminal signal has come: a finish reason for every choice. A server that gives fewer choices than were
   * asked for has given all of them when it has counted them.
   */
  get complete(): boolean {
    const states = [...this.#choices.values()];
    const begun = states.length >= this.#expected || this.#usage !== undefined;
    return states.length > 0 && begun && states.every(({ finishReason }) => finishReason !== undefined);
  }

  get usage(): Usage {
    return toUsage(this.#usage);
  }

  /** What the provider itself says it has cost, in US dollars. */
  get costUsd(): number | undefined {
    return reportedCostUsd(this.#usage);
  }

  /** The service tier that the provider says it used. */
  get serviceTier(): string | undefined {
    return this.#serviceTier;
  }

  /** The reply so far, as the log records it. */
  reply(): Reply {
    const inOrder = [...this.#choices].sort(([a], [b]) => a - b).map(([, choice]) => choice);
    const [first, ...others] = inOrder;
    return {
      ...(this.#id !== undefined && { id: this.#id }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(first !== undefined && { message: first.message.toJson() }),
      ...(others.length > 0 && {
        other_choices: others.map(({ message }) => message.toJson()),
        other_ends: others.map(endOf),
      }),
      ...(first !== undefined && endOf(first)),
      ...(!this.complete && { partial: true }),
    };
  }

  #pushChoice({ index = 0, delta, message, finish_reason, logprobs }: WireChoice, added: ChunkDelta): void {
    let state = this.#choices.get(index);
    if (state === undefined) {
      state = { message: new MessageAssembly(), finishReason: undefined, logprobs: undefined };
      this.#choices.set(index, state);
    }
    const part = delta ?? message;
    if (part) {
      const piece = state.message.push(part);
      if (index === 0) {
        added.text += piece.text;
        added.reasoning += piece.reasoning;
        added.toolCalls.push(...piece.toolCalls);
      }
    }
    if (finish_reason) state.finishReason = finish_reason;
    if (logprobs) state.logprobs = accumulateFields(state.logprobs ?? {}, logprobs);
  }
}

function endOf({ finishReason: raw, logprobs }: ChoiceState): ChoiceEnd {
  return {
    ...(raw !== undefined && { finish_reason: toFinishReason(raw), finish_reason_raw: raw }),
    ...(logprobs !== undefined && { logprobs: logprobs as JsonObject }),
  };
}
