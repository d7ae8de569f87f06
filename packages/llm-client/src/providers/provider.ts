import type { WireCompletion } from '@pd/call-log/openai-wire';
import type { HistoryDialect } from '../history/dialect.ts';

/** What a provider's OpenAI-compatible endpoint can do. The models behind it may do less. */
export interface Capabilities {
  /**
   * The tokens of a stream: sent when asked for with `stream_options`, sent `always` (and `stream_options` is left out,
   * because some refuse it), or never.
   */
  streamUsage: 'on-request' | 'always' | 'never';
  /** How to get JSON after a schema: `response_format`, a tool that is forced, or asking for it in the prompt. */
  structuredOutput: 'native' | 'tool' | 'prompt';
  tools: boolean;
  /** Whether the parameter `parallel_tool_calls` is taken. */
  parallelToolCalls: boolean;
  /** What the limit of output tokens is called. */
  maxTokens: 'max_tokens' | 'max_completion_tokens';
  seed: boolean;
  logprobs: boolean;
  embeddings: boolean;
  /** OpenAI's Responses API. */
  responses: boolean;
  /** Where the reasoning of a reply is; absent when it is not sent. */
  reasoningField?: 'reasoning_content' | 'reasoning';
  /**
   * Whether a reply that is whole says so with a finish reason. `false` makes any reply that ends without an error a whole
   * one, and one that is cut off politely is no longer noticed; no provider of the table needs it.
   */
  finishReason: boolean;
  /**
   * The header by which the server tells a repeated request from a new one, such as `Idempotency-Key`; absent when it has
   * none. For no provider of the table was one found in the documentation (looked for on 2026-11-22; the openai SDK 7.57 has
   * an option `idempotencyKey` and no header to send it in); gateways have one, such as https://synapse.garden/docs/idempotency.
   */
  idempotencyHeader?: string;
}

/** A body on its way to the wire. */
export type WireBody = Readonly<Record<string, unknown>>;

/** In what a provider differs; each is a function of its own with its own test. */
export interface Quirks {
  /** Applied to every request, in order. */
  request?: readonly ((body: WireBody) => WireBody)[];
  /** Applied to every chunk of a stream before it is read. */
  chunk?: (chunk: WireCompletion) => WireCompletion;
  /** How the key is sent, when not as a bearer token; `null` leaves a header out. */
  keyHeaders?: (apiKey: string) => Record<string, string | null>;
  /** When it depends on the URL. */
  streamUsage?: (baseURL: string) => Capabilities['streamUsage'] | undefined;
}

/** Where a provider's OpenAI-compatible endpoint is, what its key is called, and how it is spoken to. */
export interface Provider {
  /** Absent where every customer has their own. */
  baseURL?: string;
  /** The environment variables that hold the key by convention, the usual one first. */
  keyVariables: readonly [string, ...string[]];
  /** Servers of one's own answer without a key. */
  keyless?: boolean;
  capabilities: Capabilities;
  /** What it takes for a conversation. */
  history: HistoryDialect;
  quirks?: Quirks;
  /** Page the entry was read from; absent for one of your own. */
  source?: string;
  /** When it was read, as `YYYY-MM-DD`. */
  readAt?: string;
  /**
   * `recorded`: recorded streams of it were read to the end with this client; `read`: known from documentation and issues
   * only. None was tried against the live service.
   */
  tried?: 'recorded' | 'read';
}
