import type { OfflineConversation } from './recorded.ts';

/** How to start the stand-in server. Every field is optional; `{}` gives a server ready for use. */
export interface OfflineServerOptions {
  /** Makes the replies repeatable: same seed, model and messages, same reply. Default `0`. */
  seed?: number | string;
  /** TCP port on 127.0.0.1. Default `0`: the system picks a free one, see {@link OfflineServer.url}. */
  port?: number;
  /** Milliseconds between two chunks of a stream. Default `0`: as fast as the reader takes them. */
  chunkDelayMs?: number;
  /** When set, a request without `Authorization: Bearer <apiKey>` gets a 401. Default: no key is needed. */
  apiKey?: string;
  /**
   * A recorded conversation to serve byte for byte as models `recorded/<speaker>`, one per distinct speaker.
   * `stand-in…` models stay available, but are then left out of the list of models.
   */
  conversation?: OfflineConversation;
  /** Called once for each request when its answer is known, before the first byte of it is sent. */
  onRequest?: (request: OfflineRequest) => void;
  /** The clock behind `created`, in milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/**
 * Token counts in OpenAI's shape. They are an approximation, not a tokenizer's answer: one token for every
 * four UTF-16 code units, rounded up; the prompt counts the text of all messages together.
 */
export interface OfflineUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** One line of the ledger: what was asked and what was served. */
export interface OfflineRequest {
  /** Ascending and unique within a server: `req-offline-1`, … Also sent as the header `x-request-id`. */
  readonly id: string;
  /** The route's pattern, for example `POST /v1/chat/completions`, or `unknown`. */
  readonly route: string;
  /** The model asked for, when the request got as far as naming one. */
  readonly model: string | undefined;
  /** Whether a stream was asked for. */
  readonly stream: boolean;
  /** The HTTP status served; 499 when the client left before it had sent its whole request. */
  readonly status: number;
  /** Token counts of a completion; absent for everything else. */
  readonly usage?: OfflineUsage;
  /** `open` while the answer is being sent, then `sent`, or `aborted` when the client left early. */
  readonly outcome: 'open' | 'sent' | 'aborted';
}

/** Counters over a server's whole life; unlike the ledger they forget nothing. */
export interface OfflineTotals {
  /** All requests received. */
  readonly requests: number;
  /** Requests by {@link OfflineRequest.route}. */
  readonly byRoute: Readonly<Record<string, number>>;
  /** Requests answered with a status of 400 or above. */
  readonly errors: number;
  /** Answers the client did not wait for. */
  readonly aborted: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A running stand-in server. Close it, or hold it with `await using`. */
export interface OfflineServer extends AsyncDisposable {
  /** The base URL for an OpenAI client, for example `http://127.0.0.1:41234/v1`. */
  readonly url: string;
  readonly port: number;
  /** The ledger: the last 10,000 requests, oldest first. The array is live. */
  readonly requests: readonly OfflineRequest[];
  /** Counters since the start. */
  readonly totals: OfflineTotals;
  /** Stops listening, cuts open connections and running streams, and resolves. May be called twice. */
  close(): Promise<void>;
}
