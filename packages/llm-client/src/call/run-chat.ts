import { ChatAssembly } from '@pd/call-log/openai-wire';
import type { Backend } from '../backend/backend.ts';
import { type ChatResult, toChatResult } from '../chat-result.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import { receivedOf } from './assembly.ts';
import type { PreparedCall } from './prepare-call.ts';
import { runCall } from './run-call.ts';

/** One chat completion without streaming. */
export function runChat(backend: Backend, call: PreparedCall): Promise<ChatResult> {
  return runCall(call, () => {
    const assembly = new ChatAssembly();
    const received = () => receivedOf(assembly);
    return {
      received,
      result: (whole) => toChatResult(call.record, whole),
      async ask(request, count) {
        assembly.push(await backend.chat(request));
        if (assembly.complete) return;
        throw new TruncatedReplyError(toChatResult(call.record, count(received())));
      },
    };
  });
}
