import type { ChatResult } from '../chat-result.ts';
import { findJson } from './find-json.ts';
import type { ObjectFailure } from './object-result.ts';
import type { OutputOf, StandardSchema } from './standard-schema.ts';
import { type Issue, validate } from './validate.ts';
import { WRAPPED } from './wire-schema.ts';

/** The object in a reply, or why it has none. */
export type ReadObject<Output> =
  | { ok: true; object: Output }
  | Pick<ObjectFailure, 'ok' | 'reason' | 'text' | 'issues'>;

/**
 * Reads the object from a reply: from a call of the tool, else from the text.
 *
 * @param wrapped whether it is the `result` of what was asked for
 */
export async function readObject<Schema extends StandardSchema>(
  schema: Schema,
  { refusal, finishReason, toolCalls, text }: ChatResult,
  wrapped: boolean,
): Promise<ReadObject<OutputOf<Schema>>> {
  const written = toolCalls[0]?.arguments || text;
  const failed = (reason: ObjectFailure['reason'], issues: Issue[]) =>
    ({ ok: false, reason, text: refusal ?? written, issues }) as const;
  const whole = (message: string): Issue[] => [{ path: [], message }];
  if (refusal !== undefined) return failed('refusal', whole('the model refused'));
  if (finishReason === 'length') return failed('length', whole('the reply is cut off at the token limit'));
  if (finishReason === 'content-filter') return failed('content-filter', whole('the reply was held back'));
  let issues: Issue[] | undefined;
  for (const value of findJson(written)) {
    const validated = await validate(schema, wrapped ? unwrap(value) : value);
    if (validated.ok) return { ok: true, object: validated.value };
    // A list in passing, such as a footnote, is not what was meant to be the object.
    if (issues === undefined || !Array.isArray(value)) issues = validated.issues;
  }
  return issues === undefined
    ? failed('not-json', whole('the reply holds no JSON object'))
    : failed('schema', issues);
}

/** A model that leaves the object around it out has still said what it was asked. */
function unwrap(value: unknown): unknown {
  const isWrapped = typeof value === 'object' && value !== null && Object.hasOwn(value, WRAPPED);
  return isWrapped ? (value as Record<string, unknown>)[WRAPPED] : value;
}
