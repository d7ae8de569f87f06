import type { JsonObject } from '@pd/call-log/schema';
import type OpenAI from 'openai';
import { UnsupportedSchemaError } from '../errors/unsupported-schema-error.ts';
import type { OutputOf, StandardSchema } from '../object/standard-schema.ts';
import { toJsonSchema } from '../object/to-json-schema.ts';
import { toStrictSchema } from '../object/to-strict-schema.ts';

type Wire = OpenAI.Chat.Completions.ChatCompletionFunctionTool;

/** What a tool is. */
export interface ToolOptions<Name extends string, Input extends StandardSchema> {
  /** What the model calls it by: 1 to 64 of `a-z A-Z 0-9 _ -`. */
  name: Name;
  /** What it does and when to use it, for the model to read. */
  description: string;
  /** What it takes: a zod schema of an object, or another that says its own JSON Schema. */
  input: Input;
  /**
   * Whether the provider may only write arguments that fit; for schemas that can be said in OpenAI's subset of JSON Schema.
   * Default: `false`, because not every provider knows the field.
   */
  strict?: boolean;
}

/** What a tool is told beside its input. */
export interface ToolContext {
  /** Ends its work. */
  signal?: AbortSignal | undefined;
}

/** What a tool does. Nothing in this package calls it. */
export type Execute<Input extends StandardSchema, Result> = (
  input: OutputOf<Input>,
  context: ToolContext,
) => Result;

/**
 * A tool: OpenAI's definition of one, to be given to `tools` as it is, and what is needed to read its calls. Those two
 * fields are not enumerable, so that they are not sent; a copy by `{ ...tool }` has lost them.
 */
export interface Tool<
  Name extends string = string,
  Input extends StandardSchema = StandardSchema,
  Does = unknown,
> extends Wire {
  function: Wire['function'] & { name: Name };
  readonly input: Input;
  /** `undefined` where it was defined without. */
  readonly execute: Does;
}

/**
 * Defines a tool by a schema.
 *
 * @throws {UnsupportedSchemaError} when the schema is none of an object, or cannot be said in the strict subset and has to be
 * @throws {RangeError} for a name that providers refuse
 */
export function defineTool<const Name extends string, Input extends StandardSchema, Result>(
  options: ToolOptions<Name, Input> & { execute: Execute<Input, Result> },
): Tool<Name, Input, Execute<Input, Result>>;
export function defineTool<const Name extends string, Input extends StandardSchema>(
  options: ToolOptions<Name, Input> & { execute?: undefined },
): Tool<Name, Input, undefined>;
export function defineTool(options: ToolOptions<string, StandardSchema> & { execute?: unknown }): Tool {
  const { name, description, input, execute, strict = false } = options;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new RangeError(`a tool's name must be 1 to 64 of a-z A-Z 0-9 _ -, got ${JSON.stringify(name)}`);
  }
  const parameters = parametersOf(input, strict, name);
  const definition: Wire = {
    type: 'function',
    function: { name, description, parameters, ...(strict && { strict }) },
  };
  return Object.defineProperties(definition, {
    input: { value: input },
    execute: { value: execute },
  }) as Tool;
}

function parametersOf(input: StandardSchema, strict: boolean, name: string): JsonObject {
  const json = toJsonSchema(input);
  if (json.type !== 'object') throw new UnsupportedSchemaError(`the input of the tool ${name} is no object`);
  const parameters = strict ? toStrictSchema(json) : json;
  if (parameters === undefined) {
    throw new UnsupportedSchemaError(
      `the input of the tool ${name} is beyond OpenAI's strict mode; leave strict out`,
    );
  }
  return parameters;
}
