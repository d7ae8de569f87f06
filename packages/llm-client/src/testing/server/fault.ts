/** How long a `Retry-After` asks to wait, and in which of its forms it says so. */
export type RetryAfter =
  /** `retry-after: 2`, whole seconds. */
  | { form: 'seconds'; ms: number }
  /** `retry-after: Wed, 21 Oct 2026 07:28:00 GMT`, that far from now. */
  | { form: 'date'; ms: number }
  /** `retry-after-ms: 250`, as OpenAI and Azure send it. */
  | { form: 'milliseconds'; ms: number }
  /** `retry-after: soon`. */
  | { form: 'garbage' }
  | { form: 'none' };

/** One thing that goes wrong with an answer. Several can be put together; they are applied in the order given. */
export type Fault =
  /** An error in OpenAI's shape with this HTTP status. */
  | {
      type: 'status';
      status: number;
      code?: string;
      message?: string;
      headers?: Readonly<Record<string, string>>;
    }
  /** 429. Without `retryAfter` it does not say for how long. */
  | { type: 'rate_limit'; retryAfter?: RetryAfter }
  /** An error page of a proxy, with an HTTP status that may be 200. */
  | { type: 'html'; status: number }
  /** 200, and an error object where the reply should be, as gateways send it. */
  | { type: 'error_body' }
  /** The connection is reset before the headers. */
  | { type: 'reset' }
  /** Nothing is ever answered; the connection stays open. */
  | { type: 'hang' }
  /** Waits before the headers, in milliseconds. */
  | { type: 'slow_start'; delayMs: number }
  /** Sends so many bytes at a time (default: 64), with so many milliseconds in between. */
  | { type: 'slow_drip'; delayMs: number; bytes?: number }
  /** Sends so many bytes at a time without waiting (default: 1): every character of several bytes is cut in two. */
  | { type: 'tiny_chunks'; bytes?: number }
  /**
   * Sends the body's first bytes only; a negative number counts from its end. `end`: and ends the response as if that
   * were all; `close`: closes the connection without an end; `reset`: resets it.
   */
  | { type: 'cut'; afterBytes: number; by: 'end' | 'close' | 'reset' }
  /** The JSON of the reply, or of the event in the middle of the stream, stops halfway. */
  | { type: 'broken_json' }
  | { type: 'empty_body' }
  /** Default: `text/plain`. */
  | { type: 'wrong_content_type'; contentType?: string }
  /** The text begins with so many bytes in one piece. Default: 10 MB. */
  | { type: 'huge_chunk'; bytes?: number }
  /** The tokens are billed and not told. */
  | { type: 'missing_usage' }
  /** No finish reason; a stream still says `[DONE]`. */
  | { type: 'missing_finish' }
  /** The finish reason is `length`: the model was cut off at its token limit. */
  | { type: 'token_limit' }
  /** The arguments of tool calls stop halfway through their JSON. Nothing, when none is called. */
  | { type: 'broken_arguments' }
  /** A stream whose finish reason comes twice. */
  | { type: 'duplicate_finish' }
  /** A stream that ends without `[DONE]`. */
  | { type: 'missing_done' }
  /** A stream that becomes an error after so many events (default: 2). Not streamed: as `error_body`. */
  | { type: 'error_event'; afterEvents?: number }
  /** Comments between the events of a stream, as OpenRouter sends them; empty lines before a reply, as DeepSeek does. */
  | { type: 'keep_alive' }
  /** Says that another model has answered. */
  | { type: 'wrong_model'; model: string };

export type FaultType = Fault['type'];
