import type { JsonValue } from '@pd/call-log/schema';
import type { OutputOf, StandardSchema } from '@pd/llm-client';
import { InvalidContentError } from '../errors/invalid-content-error.ts';
import { InvalidScenarioError } from '../errors/invalid-scenario-error.ts';

/** A kind of message, with the schema of its content. */
export interface MessageType<Content> {
  readonly name: string;
  /** @throws {InvalidContentError} when the content does not fit */
  parse(content: unknown): Content;
}

/**
 * A kind of message whose content fits a schema (zod's, or any Standard Schema that validates synchronously).
 *
 * @example
 * const order = defineMessage('order', z.object({ item: z.string(), pieces: z.int() }));
 * coordinator.post({ from: 'shop', to: 'store', type: order, content: { item: 'lamp', pieces: 2 } });
 *
 * @throws {InvalidScenarioError} without a name or a schema
 */
export function defineMessage<Schema extends StandardSchema>(
  name: string,
  schema: Schema,
): MessageType<OutputOf<Schema> & JsonValue> {
  if (typeof name !== 'string' || name === '') throw new InvalidScenarioError('a message type needs a name');
  if (typeof schema?.['~standard']?.validate !== 'function')
    throw new InvalidScenarioError(`the message type ${name} needs a schema, such as one of zod`);
  return {
    name,
    parse(content) {
      const result = schema['~standard'].validate(content);
      if (result instanceof Promise)
        throw new InvalidScenarioError(
          `the schema of the message type ${name} has to validate synchronously`,
        );
      if (result.issues === undefined) return result.value as OutputOf<Schema> & JsonValue;
      throw new InvalidContentError(name, result.issues);
    },
  };
}
