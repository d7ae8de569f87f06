import type { IncomingHttpHeaders } from 'node:http';
import type { FaultType } from './fault.ts';

/** One request that the server has received, and how it was answered. */
export interface ReceivedRequest {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds since the server began. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; the text itself where it is no JSON. */
  readonly body: unknown;
  readonly faults: readonly FaultType[];
  /** Absent until it is answered, and when there are no headers. */
  readonly status?: number;
  /** `open` until it is over; `cut` when the server broke off, `aborted` when the client left first. */
  readonly outcome: 'open' | 'sent' | 'cut' | 'aborted';
  /** The text of the reply that was made for it, however much of it was sent. */
  readonly text?: string;
  /** The tokens of that reply. */
  readonly billed?: { readonly input: number; readonly output: number };
}

/** The same while it is worked on. */
export type OpenRequest = { -readonly [K in keyof ReceivedRequest]: ReceivedRequest[K] };
