import { ChatAssembly } from '@pd/call-log/openai-wire';
import type { Backend } from '../backend/backend.ts';
import { type ChatResult, toChatResult } from '../chat-result.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import type { PreparedCall } from './prepare-call.ts';
import { runCall } from './run-call.ts';

/** One chat completion without streaming. */
export function runChat(backend: Backend, call: PreparedCall): Promise<ChatResult> {
  return runCall(call, () => {
    const assembly = new ChatAssembly();
    const received = () => ({ reply: assembly.reply(), usage: assembly.usage });
    const result = () => toChatResult(call.record, received());
    return {
      received,
      result,
      async ask(request) {
        assembly.push(await backend.chat(request));
        if (!assembly.complete) throw new TruncatedReplyError(result());
      },
    };
  });
}
