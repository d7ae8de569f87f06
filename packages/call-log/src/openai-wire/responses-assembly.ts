import type { CallEnding, ErrorRecord, Reply, Usage } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import type { ChunkDelta } from './chat-assembly.ts';
import { type OutputEvent, PartialOutput } from './partial-output.ts';
import { toProviderError } from './provider-error.ts';
import { reportedCostUsd } from './reported-cost.ts';
import { type OutputItem, objectsOf, toMessage } from './responses-output.ts';
import type { WireUsage } from './shapes.ts';
import { toUsage } from './usage.ts';

/**
 * A response of the Responses API, as far as it is read here.
 *
 * @see https://platform.openai.com/docs/api-reference/responses (the types of openai 7.57, read 2026-11-22)
 */
export interface WireResponse {
  object?: string;
  id?: string;
  model?: string;
  status?: string;
  output?: OutputItem[];
  incomplete_details?: { reason?: string } | null;
  error?: unknown;
  usage?: WireResponsesUsage | null;
  service_tier?: string | null;
}

interface WireResponsesUsage
  extends Pick<WireUsage, 'cost' | 'cost_in_usd_ticks' | 'is_byok' | 'cost_details'> {
  input_tokens?: number;
  output_tokens?: number;
  total_tokens?: number;
  input_tokens_details?: WireUsage['prompt_tokens_details'];
  output_tokens_details?: WireUsage['completion_tokens_details'];
}

/** One event of a response's stream, as far as it is read here. */
export type WireResponseEvent = OutputEvent & {
  response?: WireResponse;
  error?: unknown;
  message?: string;
  code?: string;
};

const terminal = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
]);

/** Puts a response of the Responses API together: from the whole of it, or from the events of its stream. */
export class ResponsesAssembly {
  readonly #partial = new PartialOutput();
  #response: WireResponse = {};
  #whole = false;
  #error: ErrorRecord | undefined;

  push(value: WireResponse | WireResponseEvent): ChunkDelta {
    if ('type' in value || !('object' in value)) return this.#pushEvent(value);
    this.#response = value;
    this.#whole = true;
    return { text: '', reasoning: '', toolCalls: [] };
  }

  /** Whether the last word has been said: the response is whole, or has failed. */
  get complete(): boolean {
    return this.#whole || this.#error !== undefined;
  }

  /** What the response itself says went wrong. */
  get failure(): ErrorRecord | undefined {
    const { error, status } = this.#response;
    if (this.#error !== undefined) return this.#error;
    if (error) return toProviderError(error);
    return status === 'failed' ? { type: 'provider_error', message: 'the response failed' } : undefined;
  }

  /** How the call ended if nothing more comes. */
  get ending(): CallEnding {
    if (this.failure !== undefined) return 'error';
    return this.#whole ? endingOf(this.#status) : 'truncated';
  }

  get usage(): Usage {
    return toResponsesUsage(this.#response.usage);
  }

  /** What the provider itself says it has cost, in US dollars. */
  get costUsd(): number | undefined {
    return reportedCostUsd(this.#response.usage);
  }

  /** The service tier that the provider says it used. */
  get serviceTier(): string | undefined {
    return this.#response.service_tier ?? undefined;
  }

  /** The reply so far, as the log records it. */
  reply(): Reply {
    const { id, model, output, incomplete_details: incomplete } = this.#response;
    const status = this.#status;
    // Some servers leave the output out of the last event: it has been streamed already.
    const sent = objectsOf(output);
    const items = sent.length > 0 ? sent : this.#partial.items();
    const message = toMessage(items);
    const raw = status === 'incomplete' ? (incomplete?.reason ?? status) : status;
    const ended = this.#whole && (status === 'completed' || status === 'incomplete');
    return {
      ...(id !== undefined && { id }),
      ...(model !== undefined && { model }),
      ...(items.length > 0 && { message, output: items as JsonObject[] }),
      ...(this.#whole &&
        raw !== undefined && { finish_reason: toReason(raw, message), finish_reason_raw: raw }),
      ...(!ended && { partial: true }),
    };
  }

  /** A server that leaves the status out and sends a whole response has completed it. */
  get #status(): string | undefined {
    return this.#response.status ?? (this.#whole ? 'completed' : undefined);
  }

  #pushEvent(event: WireResponseEvent): ChunkDelta {
    if (typeof event.response === 'object' && event.response !== null) this.#response = event.response;
    if (event.type !== undefined && terminal.has(event.type)) this.#whole = true;
    if (event.type === 'error' || (event.error && event.response === undefined))
      this.#error = toProviderError(event.error ?? event);
    return this.#partial.push(event);
  }
}

/** A request that goes on in the background has been taken: that is all its call asked for. */
function endingOf(status: string | undefined): CallEnding {
  return status === 'cancelled' ? 'aborted' : 'ok';
}

function toReason(raw: string, message: JsonObject): string {
  if (raw === 'completed') return message.tool_calls === undefined ? 'stop' : 'tool-calls';
  if (raw === 'max_output_tokens' || raw === 'max_tokens') return 'length';
  if (raw === 'content_filter') return 'content-filter';
  return raw === 'failed' ? 'error' : 'other';
}

function toResponsesUsage(wire: WireResponsesUsage | null | undefined): Usage {
  if (!wire) return toUsage(undefined);
  return toUsage({
    prompt_tokens: wire.input_tokens,
    completion_tokens: wire.output_tokens,
    total_tokens: wire.total_tokens,
    prompt_tokens_details: wire.input_tokens_details,
    completion_tokens_details: wire.output_tokens_details,
  } as WireUsage);
}
