import type { ChatRequest } from '../chat-request.ts';
import type { ChatResult } from '../chat-result.ts';
import { ObjectDialogue } from './object-dialogue.ts';
import type { ObjectMode, ObjectRequest } from './object-request.ts';
import type { ObjectResult } from './object-result.ts';
import type { OutputOf, StandardSchema } from './standard-schema.ts';

/** What generating an object needs of a client. */
export interface ObjectClient {
  chat(request: ChatRequest): Promise<ChatResult>;
  /** How an object can be asked for from a model; `undefined` is the client's own. */
  modeOf(model: string | undefined): ObjectMode;
}

/** Asks for an object until its reply fits, or no repair is left. */
export async function generateObject<Schema extends StandardSchema>(
  client: ObjectClient,
  request: ObjectRequest<Schema>,
): Promise<ObjectResult<OutputOf<Schema>>> {
  const dialogue = new ObjectDialogue(request, client.modeOf);
  for (;;) {
    const result = await dialogue.take(await client.chat(dialogue.asked));
    if (result !== undefined) return result;
  }
}
