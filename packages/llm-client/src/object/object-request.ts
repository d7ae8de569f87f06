import type { ChatRequest } from '../chat-request.ts';
import type { StandardSchema } from './standard-schema.ts';

/** How a model is made to answer with JSON after a schema. */
export type ObjectMode = 'native' | 'tool' | 'prompt';

/** An object to ask for. Takes the parameters of a chat completion but for those that say how to answer. */
export interface ObjectRequest<Schema extends StandardSchema = StandardSchema>
  extends Omit<ChatRequest, 'tools' | 'tool_choice' | 'parallel_tool_calls' | 'response_format' | 'n'> {
  /** What the object has to be: a zod schema, or another that says its own JSON Schema. */
  schema: Schema;
  /** What the object is called on the wire: up to 64 of `a-z A-Z 0-9 _ -`. Default: `result`. */
  name?: string;
  /** What it is, for the model to read. */
  description?: string;
  /**
   * `native`: `response_format`; `tool`: a tool that the model has to call; `prompt`: the schema is written into the system
   * prompt. Default: what the model's provider can do, and its fallbacks with it.
   */
  mode?: ObjectMode;
  /**
   * Whether the provider may only write what fits (`native` only). Default: whenever the schema can be said in OpenAI's
   * subset of JSON Schema, in which optional properties are nullable; a `null` for one is read as absent.
   */
  strict?: boolean;
  /** How often the model may try again when its reply does not fit; each time is a call of its own. Default: 1. */
  maxRepairs?: number;
}

const MOST_REPAIRS = 100;

/** @throws {RangeError} for options that make no sense */
export function checkObjectRequest({ name, mode, maxRepairs = 1 }: ObjectRequest): void {
  if (name !== undefined && !/^[\w-]{1,64}$/.test(name)) {
    throw new RangeError(`name must be 1 to 64 of a-z A-Z 0-9 _ -, got ${JSON.stringify(name)}`);
  }
  if (mode !== undefined && !['native', 'tool', 'prompt'].includes(mode)) {
    throw new RangeError(`mode must be native, tool or prompt, got ${JSON.stringify(mode)}`);
  }
  if (!Number.isInteger(maxRepairs) || maxRepairs < 0 || maxRepairs > MOST_REPAIRS) {
    throw new RangeError(`maxRepairs must be a whole number from 0 to ${MOST_REPAIRS}, got ${maxRepairs}`);
  }
}
