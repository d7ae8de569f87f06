import type { ChatRequest } from '../chat-request.ts';
import type { ChatResult } from '../chat-result.ts';
import { askAgain } from './ask-again.ts';
import { askForObject } from './ask-for-object.ts';
import { checkObjectRequest, type ObjectMode, type ObjectRequest } from './object-request.ts';
import type { ObjectResult } from './object-result.ts';
import { readObject } from './read-object.ts';
import type { OutputOf, StandardSchema } from './standard-schema.ts';
import { sumCalls } from './sum-calls.ts';
import { toWireSchema, type WireSchema } from './wire-schema.ts';

/**
 * Asks for an object, and asks again with what is wrong while its reply does not fit and repairs are left. Each time is a
 * call of its own, with all that calls have; a repair is a child of the call whose reply it repairs.
 */
export class ObjectDialogue<Schema extends StandardSchema> {
  readonly #request: ObjectRequest<Schema>;
  readonly #maxRepairs: number;
  readonly #wire: WireSchema;
  readonly #calls: ChatResult[] = [];
  #asked: ChatRequest;

  /**
   * @param modeOf how an object can be asked for from a model; `undefined` is the client's own
   * @throws {RangeError} for options that make no sense
   * @throws {UnsupportedSchemaError} when JSON cannot hold what the schema describes
   */
  constructor(request: ObjectRequest<Schema>, modeOf: (model: string | undefined) => ObjectMode) {
    checkObjectRequest(request);
    this.#request = request;
    this.#maxRepairs = request.maxRepairs ?? 1;
    this.#wire = toWireSchema(request.schema);
    this.#asked = askForObject(request, this.#wire, request.mode ?? modeOf(request.model));
  }

  /** What is to be asked next. */
  get asked(): ChatRequest {
    return this.#asked;
  }

  /** Whether the object is the `result` of what is asked for. */
  get wrapped(): boolean {
    return this.#wire.wrapped;
  }

  /** Takes the reply to what was asked; `undefined` when it is to be asked again. */
  async take(reply: ChatResult): Promise<ObjectResult<OutputOf<Schema>> | undefined> {
    this.#calls.push(reply);
    const read = await readObject(this.#request.schema, reply, this.wrapped);
    if (read.ok) return { ...read, ...sumCalls(this.#calls) };
    const isRepairable = read.reason === 'schema' || read.reason === 'not-json';
    if (!isRepairable || this.#calls.length > this.#maxRepairs) return { ...read, ...sumCalls(this.#calls) };
    const { idempotencyKey: key } = this.#request;
    this.#asked = {
      ...this.#asked,
      // It asks something else, so it is another request.
      ...(key !== undefined && { idempotencyKey: `${key}-repair-${this.#calls.length}` }),
      messages: [...this.#asked.messages, ...askAgain(reply, read.issues)],
      parentCallId: reply.callId,
    };
    return undefined;
  }
}
