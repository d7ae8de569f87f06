import { ChatAssembly } from '@pd/call-log/openai-wire';
import type { Backend, BackendRequest } from '../backend/backend.ts';
import { type ChatResult, toChatResult } from '../chat-result.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import { type Count, receivedOf } from './assembly.ts';
import type { Received } from './attempts.ts';
import { type FinishedCall, isFinished } from './finished-call.ts';
import { finishedResult } from './finished-result.ts';
import type { PreparedCall } from './prepare-call.ts';
import { runCall } from './run-call.ts';

/** One chat completion without streaming. */
export function runChat(backend: Backend, call: PreparedCall | FinishedCall): Promise<ChatResult> {
  if (isFinished(call)) return finishedResult(call, toChatResult);
  const toResult = (received: Received) => toChatResult(call.record, received);
  const createAnswer = () => {
    const assembly = new ChatAssembly();
    const received = () => receivedOf(assembly);
    return {
      received,
      result: toResult,
      async ask(request: BackendRequest, count: Count) {
        assembly.push(await backend.chat(request));
        if (assembly.complete) return;
        throw new TruncatedReplyError(toResult(count(received())));
      },
    };
  };
  return runCall(call, createAnswer, toResult);
}
