import { ResponsesAssembly } from '@pd/call-log/openai-wire';
import type { Backend, BackendRequest } from '../backend/backend.ts';
import { type Count, receivedOf } from '../call/assembly.ts';
import type { Received } from '../call/attempts.ts';
import { type FinishedCall, isFinished } from '../call/finished-call.ts';
import { finishedResult } from '../call/finished-result.ts';
import type { PreparedCall } from '../call/prepare-call.ts';
import { runCall } from '../call/run-call.ts';
import { assertWholeResponse } from './assert-whole-response.ts';
import { type ResponsesResult, toResponsesResult } from './responses-result.ts';

/** One response of the Responses API without streaming. */
export function runResponses(
  responses: NonNullable<Backend['responses']>,
  call: PreparedCall | FinishedCall,
): Promise<ResponsesResult> {
  if (isFinished(call)) return finishedResult(call, toResponsesResult);
  const toResult = (received: Received) => toResponsesResult(call.record, received);
  const createAnswer = () => {
    const assembly = new ResponsesAssembly();
    const received = () => receivedOf(assembly);
    return {
      received,
      result: toResult,
      async ask(request: BackendRequest, count: Count) {
        assembly.push(await responses(request));
        assertWholeResponse(assembly, () => toResult(count(received())));
      },
    };
  };
  return runCall(call, createAnswer, toResult);
}
