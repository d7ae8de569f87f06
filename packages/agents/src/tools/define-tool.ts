import type { JsonObject } from '@pd/call-log/schema';
import { defineTool as defineClientTool, type OutputOf, type StandardSchema } from '@pd/llm-client';
import { InvalidToolError } from '../errors/invalid-tool-error.ts';
import { checkToolSettings } from './check-tool-settings.ts';
import type { AgentTool, Approval, ApprovalRequest, OnResume, ToolContext, ToolSettings } from './tool.ts';

/** The type that a schema accepts. */
type InputOf<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input'];

/** What a tool is and does, whatever its input is described by. */
interface ToolBasics<Name extends string, Input, Result> extends ToolSettings {
  /** What the model calls it by: 1 to 64 of `a-z A-Z 0-9 _ -`. */
  name: Name;
  /** What it does and when to use it, for the model to read. */
  description: string;
  /**
   * Does it. What it returns is told to the model, as JSON unless it is a text; what it throws, too. One that takes no notice of
   * `context.signal` is left behind when its time is over.
   */
  execute: (input: Input, context: ToolContext) => Result;
  /** Whether it may run, by itself or by what it is called with. Default: `allow`. One that throws denies. */
  approval?: Approval | ((input: Input, request: ApprovalRequest) => Approval | Promise<Approval>);
  /** The answer ends when it has run well. Default: `false`. */
  endsTurn?: boolean;
  /**
   * What becomes of it in a run that is resumed, when its result is on record: it is taken from there (`recorded`), or it is
   * run (`again`), as a tool that asks agents or models has to be. Default: `recorded`.
   */
  onResume?: OnResume;
}

/** A tool that is described by a schema. */
export interface ToolOptions<Name extends string, Input extends StandardSchema, Result>
  extends ToolBasics<Name, OutputOf<Input>, Result> {
  /** What it takes: a zod schema of an object, or another that says its own JSON Schema. */
  input: Input;
  /** Whether the provider may only write arguments that fit. Default: `false`; not every provider knows it. */
  strict?: boolean;
}

/** A tool that comes from elsewhere with a JSON Schema, by which nothing is validated here. */
export interface ForeignToolOptions<Name extends string, Result> extends ToolBasics<Name, unknown, Result> {
  /** JSON Schema of an object, shown to the model as it is. */
  inputSchema: JsonObject;
}

/**
 * Defines a tool. Its input is validated before it runs, and its result, with an `output` schema, before it is told to the
 * model.
 *
 * @throws {InvalidToolError} for a name that providers refuse, or settings that make no sense
 * @throws {UnsupportedSchemaError} when the input's schema is none of an object
 */
export function defineTool<
  const Name extends string,
  Input extends StandardSchema,
  Output extends StandardSchema,
>(
  options: ToolOptions<Name, Input, InputOf<Output> | Promise<InputOf<Output>>> & { output: Output },
): AgentTool<Name, OutputOf<Input>, InputOf<Output> | Promise<InputOf<Output>>>;
export function defineTool<const Name extends string, Input extends StandardSchema, Result>(
  options: ToolOptions<Name, Input, Result> & { output?: undefined },
): AgentTool<Name, OutputOf<Input>, Result>;
export function defineTool<const Name extends string, Result>(
  options: ForeignToolOptions<Name, Result>,
): AgentTool<Name, unknown, Result>;
export function defineTool(
  options:
    | (ToolOptions<string, StandardSchema, unknown> & { output?: StandardSchema | undefined })
    | ForeignToolOptions<string, unknown>,
): AgentTool<string, unknown> {
  const { name, description, execute, approval = 'allow', endsTurn = false } = options;
  const { onResume = 'recorded' } = options;
  const { timeoutMs, retries, maxResultCharacters } = options;
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name))
    throw new InvalidToolError(
      `a tool's name must be 1 to 64 of a-z A-Z 0-9 _ -, got ${JSON.stringify(name)}`,
    );
  if (onResume !== 'recorded' && onResume !== 'again')
    throw new InvalidToolError(
      `onResume of the tool ${name} must be recorded or again, got ${JSON.stringify(onResume)}`,
    );
  if (typeof execute !== 'function') throw new InvalidToolError(`the tool ${name} has no execute function`);
  const settings = checkToolSettings(
    {
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(retries !== undefined && { retries }),
      ...(maxResultCharacters !== undefined && { maxResultCharacters }),
    },
    `the tool ${name}`,
  );
  const shown =
    'inputSchema' in options
      ? { name, description, parameters: options.inputSchema }
      : defineClientTool({ name, description, input: options.input, strict: options.strict ?? false })
          .function;
  return Object.defineProperties(
    { type: 'function', function: shown },
    {
      // Absent, not undefined: its presence says that the input is validated.
      ...('input' in options && { input: { value: options.input } }),
      execute: { value: execute },
      output: { value: 'output' in options ? options.output : undefined },
      approval: { value: approval },
      settings: { value: settings },
      endsTurn: { value: endsTurn },
      onResume: { value: onResume },
    },
  ) as unknown as AgentTool<string, unknown>;
}
