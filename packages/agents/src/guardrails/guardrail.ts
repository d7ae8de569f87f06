import type { AgentRef } from '@pd/call-log/schema';

/** What a guardrail thinks of a text; nothing is a pass. */
export type GuardrailVerdict =
  | { type: 'pass' }
  /** The answer ends (`stopReason: 'blocked'`). */
  | { type: 'block'; reason: string }
  /** The text is replaced, and the next guardrail sees the new one. */
  | { type: 'rewrite'; content: string }
  /** The model is told, and answers again. A message that comes in cannot be retried: it is blocked with this reason. */
  | { type: 'retry'; feedback: string };

/** What a guardrail is told beside the text. */
export interface GuardrailContext {
  on: 'input' | 'output';
  agent: AgentRef;
  signal: AbortSignal;
}

/** Looks at a text. What it throws lets nothing pass and becomes a `GuardrailError`. */
export type GuardrailCheck = (
  text: string,
  context: GuardrailContext,
) => GuardrailVerdict | undefined | undefined | Promise<GuardrailVerdict | undefined | undefined>;

/** A schema for the text, such as zod's `z.string().max(500)`: what does not fit blocks an input and retries an output. */
export interface TextSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>;
  };
}

type SchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** A check of a text, by a function or a schema. With a name it is easier to find in the log. */
export type Guardrail = GuardrailCheck | TextSchema | { name: string; check: GuardrailCheck | TextSchema };

/** The checks of an agent, each list in order. */
export interface Guardrails {
  /** Of the message, before the model is asked. */
  input?: readonly Guardrail[];
  /** Of the final answer. A stream then gives its text when they have let it pass, and only that text. */
  output?: readonly Guardrail[];
  /** How often the model may answer again because of them. Default: 2. */
  maxRetries?: number;
}

/** The guardrail that did not let a text pass, and why. */
export interface GuardrailStop {
  name: string;
  on: 'input' | 'output';
  reason: string;
}
