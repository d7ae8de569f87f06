import type { WireUsage } from '../openai-wire/shapes.ts';
import { toUsage } from '../openai-wire/usage.ts';
import type { CallEnding, ErrorRecord, Reply, Usage } from '../schema/common.ts';
import type { JsonObject } from '../schema/json.ts';
import { type OutputEvent, PartialOutput } from './partial-output.ts';
import { toProviderError } from './provider-error.ts';
import type { Outcome, ReplyReader } from './reply-reader.ts';
import { type OutputItem, toMessage } from './responses-output.ts';

interface WireResponse {
  object?: string;
  id?: string;
  model?: string;
  status?: string;
  output?: OutputItem[];
  incomplete_details?: { reason?: string } | null;
  error?: unknown;
  usage?: WireResponsesUsage | null;
}

interface WireResponsesUsage {
  input_tokens?: number;
  output_tokens?: number;
  total_tokens?: number;
  input_tokens_details?: WireUsage['prompt_tokens_details'];
  output_tokens_details?: WireUsage['completion_tokens_details'];
}

type WireEvent = OutputEvent & { response?: WireResponse; error?: unknown; message?: string; code?: string };

const terminal = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
]);

/** Reads a response of the Responses API or the events of one. */
export class ResponsesReply implements ReplyReader {
  readonly #partial = new PartialOutput();
  #response: WireResponse = {};
  #whole = false;
  #error: ErrorRecord | undefined;

  push(value: WireResponse | WireEvent): string {
    if ('type' in value || !('object' in value)) return this.#pushEvent(value);
    this.#response = value;
    this.#whole = true;
    return '';
  }

  get finished(): boolean {
    return this.#whole || this.#error !== undefined;
  }

  outcome(): Outcome {
    const { status = this.#whole ? 'completed' : undefined, error } = this.#response;
    const failure = this.#error ?? (error ? toProviderError(error) : undefined);
    const ending = failure !== undefined ? 'error' : this.#whole ? endingOf(status) : 'truncated';
    return {
      status: ending,
      reply: this.#reply(status),
      usage: toResponsesUsage(this.#response.usage),
      ...(failure !== undefined && { error: failure }),
    };
  }

  #pushEvent(event: WireEvent): string {
    if (event.response !== undefined) this.#response = event.response;
    if (event.type !== undefined && terminal.has(event.type)) this.#whole = true;
    if (event.type === 'error' || (event.error && event.response === undefined))
      this.#error = toProviderError(event.error ?? event);
    return this.#partial.push(event);
  }

  #reply(status: string | undefined): Reply {
    const { id, model, output = [], incomplete_details: incomplete } = this.#response;
    // Some servers leave the output out of the last event: it has been streamed already.
    const items = output.length > 0 ? output : this.#partial.items();
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
}

/** A request that goes on in the background has been taken: that is all its call asked for. */
function endingOf(status: string | undefined): CallEnding {
  if (status === 'failed') return 'error';
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
