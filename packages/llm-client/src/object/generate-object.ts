import type { ChatRequest } from '../chat-request.ts';
import type { ChatResult } from '../chat-result.ts';
import { askAgain } from './ask-again.ts';
import { askForObject } from './ask-for-object.ts';
import { checkObjectRequest, type ObjectMode, type ObjectRequest } from './object-request.ts';
import type { ObjectResult } from './object-result.ts';
import { readObject } from './read-object.ts';
import type { OutputOf, StandardSchema } from './standard-schema.ts';
import { sumCalls } from './sum-calls.ts';
import { toWireSchema } from './wire-schema.ts';

/** What generating an object needs of a client. */
export interface ObjectClient {
  chat(request: ChatRequest): Promise<ChatResult>;
  /** How an object can be asked for from a model; `undefined` is the client's own. */
  modeOf(model: string | undefined): ObjectMode;
}

/**
 * Asks for an object, and asks again with what is wrong while its reply does not fit and repairs are left. Each time is a
 * call of its own, with all that calls have; a repair is a child of the call whose reply it repairs.
 */
export async function generateObject<Schema extends StandardSchema>(
  client: ObjectClient,
  request: ObjectRequest<Schema>,
): Promise<ObjectResult<OutputOf<Schema>>> {
  checkObjectRequest(request);
  const { schema, maxRepairs = 1, mode = client.modeOf(request.model) } = request;
  const wire = toWireSchema(schema);
  let asked = askForObject(request, wire, mode);
  const calls: ChatResult[] = [];
  for (;;) {
    const reply = await client.chat(asked);
    calls.push(reply);
    const read = await readObject(schema, reply, wire.wrapped);
    if (read.ok) return { ...read, ...sumCalls(calls) };
    const isRepairable = read.reason === 'schema' || read.reason === 'not-json';
    if (!isRepairable || calls.length > maxRepairs) return { ...read, ...sumCalls(calls) };
    const { idempotencyKey: key } = request;
    asked = {
      ...asked,
      // It asks something else, so it is another request.
      ...(key !== undefined && { idempotencyKey: `${key}-repair-${calls.length}` }),
      messages: [...asked.messages, ...askAgain(reply, read.issues)],
      parentCallId: reply.callId,
    };
  }
}
