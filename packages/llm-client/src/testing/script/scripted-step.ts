/** One call as the script's client received it; in `client.calls`, in order of arrival. */
export interface ScriptedCall {
  /** Counts the calls from 1; a call that is tried again counts again. */
  readonly number: number;
  /** The call's id in the log. */
  readonly callId: string;
  /** Who asked, found as the log finds it; `unknown_agent` when nothing tells. */
  readonly agent: string;
  readonly model: string;
  readonly stream: boolean;
  /** The chat messages as they would go on the wire. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  /** The names of the tools that were offered. */
  readonly tools: readonly string[];
  /** The whole body as it would go on the wire. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The caller's own values, never on the wire. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The step that answered, counted from 1; absent when the call was not expected. */
  readonly step?: number;
}

/** Text that has to be equal, a pattern that has to match, an object or list of which every named part has to fit. */
export type Expected =
  | string
  | number
  | boolean
  | null
  | RegExp
  | readonly Expected[]
  | { readonly [field: string]: Expected };

/** What a call has to look like; what is not named may be anything. */
export interface ExpectedCall {
  model?: string | RegExp;
  stream?: boolean;
  /** The content of the last message. */
  lastMessage?: string | RegExp;
  /** The content of the system (or developer) messages, joined by line breaks. */
  system?: string | RegExp;
  /** All messages, one expectation each. */
  messages?: readonly Expected[];
  /** Names of all tools offered, in any order. */
  tools?: readonly string[];
  /** Fields of the body, such as `temperature` or `response_format`. */
  body?: { readonly [field: string]: Expected };
  /** The caller's own metadata. */
  metadata?: { readonly [field: string]: Expected };
  /** A check of your own, with any assertion library: what it throws is the difference. */
  check?: (call: ScriptedCall) => void;
}

/** A tool call of a scripted reply. */
export interface ScriptedToolCall {
  name: string;
  /** An object is written as JSON; a string goes out as it is, for arguments that are none. Default: `{}`. */
  arguments?: object | string;
  /** Default: `call_<number of the call>_<position>`. */
  id?: string;
}

/** What is answered. */
export interface ScriptedReply {
  /** The text; a list gives the chunks of a stream. Default: none with `toolCalls`, else the empty text. */
  text?: string | readonly string[];
  /** Instead of `text`: the value as JSON. */
  json?: unknown;
  reasoning?: string;
  toolCalls?: readonly ScriptedToolCall[];
  /** In OpenAI's words; `null` for a reply that breaks off. Default: `tool_calls` with tool calls, else `stop`. */
  finishReason?: string | null;
  /** In tokens; `null` for a provider that counts nothing. Default: one for every four characters. */
  usage?: { input: number; output: number; cached?: number; reasoning?: number } | null;
  /** The model that answered. Default: the one that was asked. */
  model?: string;
  /** Before the answer begins, in milliseconds. Default: 0. */
  delayMs?: number;
  /** Before each further chunk of a stream, in milliseconds. Default: 0. */
  chunkDelayMs?: number;
  /** Fails with this when all of the reply but its end has been streamed. Not streamed: at once. */
  error?: Error;
}

/**
 * One step: which call is expected and how it is answered. A string answers any call with that text.
 *
 * `agent` names whose call it is. Each named agent has a lane of its own, so that the order between agents that run in
 * parallel does not matter; agents that no step names share the steps without `agent`.
 */
export type ScriptedStep =
  | string
  | {
      agent?: string;
      expect?: ExpectedCall;
      /** The answer, or what makes it from the call. */
      reply:
        | string
        | ScriptedReply
        | ((call: ScriptedCall) => string | ScriptedReply | Promise<string | ScriptedReply>);
    }
  | {
      agent?: string;
      expect?: ExpectedCall;
      /** Fails instead; one of this package's errors, such as `new ProviderError('…', { status: 429 })`, is retried like a real one. */
      error: Error;
    };
