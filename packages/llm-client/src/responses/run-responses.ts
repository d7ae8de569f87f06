import { ResponsesAssembly } from '@pd/call-log/openai-wire';
import type { Backend } from '../backend/backend.ts';
import { receivedOf } from '../call/assembly.ts';
import type { PreparedCall } from '../call/prepare-call.ts';
import { runCall } from '../call/run-call.ts';
import { assertWholeResponse } from './assert-whole-response.ts';
import { type ResponsesResult, toResponsesResult } from './responses-result.ts';

/** One response of the Responses API without streaming. */
export function runResponses(
  responses: NonNullable<Backend['responses']>,
  call: PreparedCall,
): Promise<ResponsesResult> {
  return runCall(call, () => {
    const assembly = new ResponsesAssembly();
    const received = () => receivedOf(assembly);
    return {
      received,
      result: (whole) => toResponsesResult(call.record, whole),
      async ask(request, count) {
        assembly.push(await responses(request));
        assertWholeResponse(assembly, () => toResponsesResult(call.record, count(received())));
      },
    };
  });
}
