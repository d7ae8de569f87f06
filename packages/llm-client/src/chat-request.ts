import type { AgentRef } from '@pd/call-log/schema';
import type OpenAI from 'openai';
import type { Gate } from './gate/gate.ts';

type Wire = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** One chat message, in OpenAI's shape. */
export type ChatMessageParam = OpenAI.Chat.Completions.ChatCompletionMessageParam;

/** The parameters of a chat completion other than what this client looks after; sent as they are. */
export type ChatParameters = Omit<
  Wire,
  'messages' | 'model' | 'stream' | 'stream_options' | 'metadata' | 'tools'
>;

/** What belongs to a call rather than to the request on the wire. */
export interface CallOptions {
  /** Who asks. Default: the agent the client is bound to, else the surrounding one. */
  agent?: AgentRef;
  /** Values of your own for the log, never sent; `agent_id`, `agent_name` and `run_id` also name the owner. */
  metadata?: object;
  /** Ends the call: it rejects with the signal's reason and is on record as `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long the whole call may take, in milliseconds. Default: the client's, else 600,000. */
  timeoutMs?: number;
  /** How long each attempt may take, in milliseconds. Default: the client's, else as long as the call. */
  attemptTimeoutMs?: number;
  /** What the attempts of this call have to pass besides the client's gates: budgets, limits, your own. */
  gates?: readonly Gate[];
  /** `false`: neither answered from the client's cache nor kept in it; `'refresh'`: asked again and kept. */
  cache?: false | 'refresh';
  /**
   * Sent with every attempt, so that a server that heeds it does the work once: 1 to 200 visible ASCII characters. Another
   * deployment of the call gets it with `-2`, `-3`, … behind it. Default: a random one for each call, sent only where the
   * provider's entry has an `idempotencyHeader`.
   */
  idempotencyKey?: string;
  /** The call this one was made for, when an agent asks another. */
  parentCallId?: string;
}

/** A chat completion to ask for. */
export interface ChatRequest extends ChatParameters, CallOptions {
  messages: ChatMessageParam[];
  /** `provider/model`, or a model of the default provider. Default: the client's. */
  model?: string;
  tools?: Wire['tools'];
  /** Parameters that OpenAI does not have and the provider at hand does; sent as they are. */
  extra?: Record<string, unknown>;
}
