import { ResponsesAssembly, type WireResponseEvent } from '@pd/call-log/openai-wire';
import type OpenAI from 'openai';
import type { Backend } from '../backend/backend.ts';
import type { Count } from '../call/assembly.ts';
import type { Received } from '../call/attempts.ts';
import type { FinishedCall } from '../call/finished-call.ts';
import type { PreparedCall } from '../call/prepare-call.ts';
import { ReplyStream } from '../call/reply-stream.ts';
import { StreamedReply } from '../call/streamed-reply.ts';
import { startOfReply } from '../cassette/recorded-chunks.ts';
import { arrivalOf, recordedEvents } from '../cassette/recorded-events.ts';
import { toResponse } from '../cassette/recorded-response.ts';
import type { CallSummary } from '../chat-result.ts';
import type { DeltaPart, EndPart } from '../chat-stream.ts';
import { assertWholeResponse } from './assert-whole-response.ts';
import { type ResponsesResult, toResponsesResult } from './responses-result.ts';

type OwnPart = DeltaPart | { type: 'event'; event: OpenAI.Responses.ResponseStreamEvent };

/** One part of a streamed response: a piece of the reply, or any other event of the server, as it came. */
export type ResponsesStreamPart = OwnPart | EndPart;

/** Events that hold nothing of a reply, so that another attempt may follow them. */
const EMPTY: ReadonlySet<string | undefined> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
  'response.incomplete',
  'response.failed',
  'error',
]);

/** A response of the Responses API as it comes, made by `client.streamResponses()`. */
export class ResponsesStream extends ReplyStream<WireResponseEvent, OwnPart, ResponsesResult> {
  constructor(open: NonNullable<Backend['streamResponses']>, call: PreparedCall | FinishedCall) {
    super(call, {
      open,
      createReply: () => new StreamedResponse(new ResponsesAssembly()),
      *toChunks(reply) {
        for (const { chunk } of recordedEvents(toResponse({ post: reply, attempts: [] }))) yield chunk;
      },
      *recorded(call) {
        const reply = new StreamedResponse(new ResponsesAssembly());
        const arrival = arrivalOf(call, startOfReply(call));
        for (const { chunk } of recordedEvents(toResponse(call), arrival)) yield* reply.take(chunk, 0).parts;
      },
    });
  }
}

class StreamedResponse extends StreamedReply<WireResponseEvent, OwnPart, ResponsesResult> {
  readonly #response: ResponsesAssembly;

  constructor(response: ResponsesAssembly) {
    super(response);
    this.#response = response;
  }

  override assertWhole(record: CallSummary, count: Count): void {
    assertWholeResponse(this.#response, () => this.toResult(record, count(this.received())));
  }

  override toResult(record: CallSummary, received: Received): ResponsesResult {
    return toResponsesResult(record, received);
  }

  protected override toParts(event: WireResponseEvent, deltas: DeltaPart[]) {
    const parts: OwnPart[] =
      deltas.length > 0
        ? deltas
        : [{ type: 'event', event: event as unknown as OpenAI.Responses.ResponseStreamEvent }];
    return { parts, visible: !EMPTY.has(event.type) };
  }
}
