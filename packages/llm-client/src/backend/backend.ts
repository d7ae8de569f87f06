import type { WireCompletion, WireResponse, WireResponseEvent, WireUsage } from '@pd/call-log/openai-wire';
import type { CallStart, Usage } from '@pd/call-log/schema';
import type { Kept } from '../cache/kept.ts';
import type { Deployment } from '../routing/deployment.ts';

/** One request for a backend: the call as it is on record, and the body that goes on the wire. */
export interface BackendRequest {
  call: CallStart;
  target: Deployment;
  body: Record<string, unknown>;
  /** Besides those of the target. */
  headers?: Record<string, string> | undefined;
  signal: AbortSignal;
  /** Told the HTTP status and headers of an answer, where there is one. */
  onAnswer(status: number, headers: Headers): void;
}

/** A reply to a request for embeddings; its `data` is not looked at yet. */
export interface WireEmbeddings {
  model?: unknown;
  usage?: WireUsage | null;
  data: readonly unknown[];
}

/**
 * What answers calls: a server, or a record of earlier answers. Rejects with this package's errors. What it has no answers
 * for at all is absent.
 */
export interface Backend {
  chat(request: BackendRequest): Promise<WireCompletion>;
  /** Resolves when the reply begins. Leaving the iteration early ends the request. */
  stream(request: BackendRequest): Promise<AsyncIterable<WireCompletion>>;
  responses?(request: BackendRequest): Promise<WireResponse>;
  /** Resolves when the reply begins. Leaving the iteration early ends the request. */
  streamResponses?(request: BackendRequest): Promise<AsyncIterable<WireResponseEvent>>;
  embeddings?(request: BackendRequest): Promise<WireEmbeddings>;
  /**
   * Of a record: the reply to a call that was answered there from a cache, without an attempt. Asked before every call;
   * there is no other cache then.
   */
  kept?(call: CallStart): Promise<Kept | undefined>;
  /**
   * Of a record: what it says of the attempt just made for that call. Its tokens and cost are those of then, and what is
   * tried again is decided there and not by the client's rules; those decide of a call that is not answered from the
   * record, with `undefined`.
   */
  recorded?(call: CallStart): RecordedAttempt | undefined;
}

/** An attempt on record. */
export interface RecordedAttempt {
  /** Absent when it is not on record by itself. */
  usage?: Usage | undefined;
  costUsd?: number | undefined;
  /** The model that served it, as far as known. */
  model?: string | undefined;
  /** Where the attempt after it went; absent when there was none. */
  next?: { provider: string; model?: string | undefined } | undefined;
}
