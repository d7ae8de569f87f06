import { ChatAssembly } from '@pd/call-log/openai-wire';
import type { Backend } from '../backend/backend.ts';
import { type ChatResult, toChatResult } from '../chat-result.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import { Attempts } from './attempts.ts';
import type { PreparedCall } from './prepare-call.ts';

/** One call without streaming, from its first record to its last. */
export async function runChat(backend: Backend, call: PreparedCall): Promise<ChatResult> {
  const { record, deadline } = call;
  const attempts = new Attempts(call);
  try {
    for (;;) {
      const assembly = new ChatAssembly();
      const received = () => ({
        reply: assembly.reply(),
        usage: assembly.usage,
        reportedUsd: assembly.costUsd,
        serviceTier: assembly.serviceTier,
      });
      try {
        assembly.push(await backend.chat(await attempts.begin()));
        if (!assembly.complete)
          throw new TruncatedReplyError(toChatResult(record, attempts.counted(received())));
        attempts.succeeded(received());
        return toChatResult(record, received());
      } catch (cause) {
        await attempts.failed(cause, received());
      }
    }
  } finally {
    deadline.clear();
  }
}
