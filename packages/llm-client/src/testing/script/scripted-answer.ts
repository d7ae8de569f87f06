import type { WireCompletion, WireToolCall, WireUsage } from '@pd/call-log/openai-wire';
import type { ScriptedCall, ScriptedReply } from './scripted-step.ts';

/** About right for English; a script that cares says its usage. */
const CHARACTERS_PER_TOKEN = 4;

/** A scripted reply in both of its wire forms. */
export class ScriptedAnswer {
  readonly #reply: ScriptedReply;
  readonly #call: ScriptedCall;

  constructor(reply: ScriptedReply, call: ScriptedCall) {
    this.#reply = reply;
    this.#call = call;
  }

  /** As one `chat.completion`. */
  completion(): WireCompletion {
    const { reasoning } = this.#reply;
    const calls = this.#toolCalls();
    const texts = this.#texts();
    const message = {
      role: 'assistant',
      content: texts.length === 0 && calls.length > 0 ? null : texts.join(''),
      ...(reasoning !== undefined && { reasoning_content: reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
    return {
      ...this.#head(),
      ...this.#usage(),
      choices: [{ index: 0, message, finish_reason: this.#finish() }],
    };
  }

  /** As the chunks of a stream, but for the last one. */
  chunks(): WireCompletion[] {
    const { reasoning } = this.#reply;
    const texts = this.#texts();
    return [
      ...(reasoning === undefined ? [] : [{ reasoning_content: reasoning }]),
      ...texts.map((content) => ({ content })),
      ...this.#toolCalls().map((call, index) => ({ tool_calls: [{ index, ...call }] })),
    ].map((delta) => ({ ...this.#head(), choices: [{ index: 0, delta, finish_reason: null }] }));
  }

  /** The last chunk: how the reply ends, and what it took. */
  lastChunk(): WireCompletion {
    // The empty text of a reply without any, so that it does not become a missing one.
    const delta = this.#texts().length === 0 && this.#toolCalls().length === 0 ? { content: '' } : {};
    return {
      ...this.#head(),
      ...this.#usage(),
      choices: [{ index: 0, delta, finish_reason: this.#finish() }],
    };
  }

  #head(): { id: string; model: string } {
    return { id: `scripted-${this.#call.number}`, model: this.#reply.model ?? this.#call.model };
  }

  #finish(): string | null {
    const { finishReason, toolCalls = [] } = this.#reply;
    return finishReason === undefined ? (toolCalls.length > 0 ? 'tool_calls' : 'stop') : finishReason;
  }

  #texts(): string[] {
    const { text, json } = this.#reply;
    const whole = text ?? (json === undefined ? '' : JSON.stringify(json));
    const texts = typeof whole === 'string' ? (whole.match(/\S+\s*|\s+/g) ?? []) : [...whole];
    return texts.filter((piece) => piece !== '');
  }

  #toolCalls(): WireToolCall[] {
    return (this.#reply.toolCalls ?? []).map(({ id, name, arguments: given = {} }, index) => ({
      id: id ?? `call_${this.#call.number}_${index + 1}`,
      type: 'function',
      function: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) },
    }));
  }

  #usage(): { usage?: WireUsage } {
    const { usage, reasoning = '' } = this.#reply;
    if (usage === null) return {};
    const asked = JSON.stringify(this.#call.messages).length;
    const said =
      this.#texts().join('').length + reasoning.length + JSON.stringify(this.#toolCalls()).length - 2;
    const {
      input,
      output,
      cached,
      reasoning: thought,
    } = usage ?? {
      input: Math.ceil(asked / CHARACTERS_PER_TOKEN),
      output: Math.ceil(said / CHARACTERS_PER_TOKEN),
    };
    return {
      usage: {
        prompt_tokens: input,
        completion_tokens: output,
        ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
        ...(thought !== undefined && { completion_tokens_details: { reasoning_tokens: thought } }),
      },
    };
  }
}
