import {
  ResponsesAssembly,
  type WireResponse,
  type WireResponseEvent,
} from '../openai-wire/responses-assembly.ts';
import type { Outcome, ReplyReader } from './reply-reader.ts';

/** Reads a response of the Responses API or the events of one. */
export class ResponsesReply implements ReplyReader {
  readonly #assembly = new ResponsesAssembly();

  push(value: WireResponse | WireResponseEvent): string {
    return this.#assembly.push(value).text;
  }

  get finished(): boolean {
    return this.#assembly.complete;
  }

  outcome(): Outcome {
    const { ending, usage, failure } = this.#assembly;
    return {
      status: ending,
      reply: this.#assembly.reply(),
      usage,
      ...(failure !== undefined && { error: failure }),
    };
  }
}
