import { applyFault } from './apply-fault.ts';
import type { WireEvent } from './edit-events.ts';
import type { HealthyReply } from './healthy-reply.ts';
import type { TestAnswer } from './test-answer.ts';

/** An answer on its way to the wire; faults change it. */
export interface Draft {
  stream: boolean;
  status: number;
  headers: Record<string, string>;
  /** The reply, or the chunks of it; text goes out as it is. */
  events: WireEvent[];
  /** Whether a stream says `[DONE]`. */
  done: boolean;
  /** Instead of the events. */
  body: string | undefined;
  /** Whether a reply has been made, and billed. */
  made: boolean;
  startDelayMs: number;
  /** Bytes at a time; `undefined`: all at once. */
  pieceBytes: number | undefined;
  pieceDelayMs: number;
  cut: { afterBytes: number; by: 'end' | 'close' | 'reset' } | undefined;
  /** Instead of any answer. */
  silence: 'reset' | 'hang' | undefined;
}

/** What is done on the wire for one request. */
export interface WirePlan
  extends Pick<Draft, 'status' | 'headers' | 'startDelayMs' | 'pieceDelayMs' | 'silence' | 'made'> {
  /** The body in the pieces it is written in. */
  pieces: Buffer[];
  ending: 'end' | 'close' | 'reset';
}

/**
 * Decides the bytes of an answer. A pure function, so that a fault is the same every time.
 *
 * @throws RangeError for pieces of no bytes
 */
export function planAnswer(reply: HealthyReply, { faults = [] }: TestAnswer): WirePlan {
  const draft: Draft = {
    stream: reply.stream,
    status: 200,
    headers: { 'content-type': reply.stream ? 'text/event-stream' : 'application/json' },
    events: [...reply.events],
    done: true,
    body: undefined,
    made: true,
    startDelayMs: 0,
    pieceBytes: undefined,
    pieceDelayMs: 0,
    cut: undefined,
    silence: undefined,
  };
  for (const fault of faults) applyFault(draft, fault);
  const { cut, status, headers, startDelayMs, pieceDelayMs, silence, made } = draft;
  const body = Buffer.from(bodyOf(draft));
  // A negative number counts from the end, as it does for `subarray`.
  const sent = cut === undefined ? body : body.subarray(0, cut.afterBytes);
  const pieces = split(sent, draft.pieceBytes ?? sent.length);
  return { status, headers, startDelayMs, pieceDelayMs, silence, made, pieces, ending: cut?.by ?? 'end' };
}

function bodyOf({ body, events, stream, done }: Draft): string {
  if (body !== undefined) return body;
  const text = (event: WireEvent) => (typeof event === 'string' ? event : JSON.stringify(event));
  if (!stream) return events.map(text).join('');
  const frames = events.map((event) => (typeof event === 'string' ? event : `data: ${text(event)}\n\n`));
  return [...frames, ...(done ? ['data: [DONE]\n\n'] : [])].join('');
}

function split(bytes: Buffer, size: number): Buffer[] {
  if (!(size >= 1) && bytes.length > 0) throw new RangeError(`cannot send ${size} bytes at a time`);
  const pieces: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += size) pieces.push(bytes.subarray(from, from + size));
  return pieces;
}
