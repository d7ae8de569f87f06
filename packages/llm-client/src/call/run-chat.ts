import { ChatAssembly } from '@pd/call-log/openai-wire';
import type { Backend } from '../backend/backend.ts';
import { type ChatResult, toChatResult } from '../chat-result.ts';
import { TruncatedReplyError } from '../errors/truncated-reply-error.ts';
import { toFailure } from './failure.ts';
import type { PreparedCall } from './prepare-call.ts';

/** One call without streaming, from its first record to its last. */
export async function runChat(
  backend: Backend,
  { record, deadline, request }: PreparedCall,
): Promise<ChatResult> {
  const assembly = new ChatAssembly();
  const result = () => toChatResult(record.id, assembly.reply(), assembly.usage, record.elapsedMs());
  try {
    deadline.signal.throwIfAborted();
    assembly.push(await backend.chat(request));
    if (!assembly.complete) throw new TruncatedReplyError(result());
    record.end({ status: 'ok', reply: assembly.reply(), usage: assembly.usage });
    return result();
  } catch (cause) {
    const { status, error, thrown } = toFailure(cause, deadline.signal, record.id);
    record.end({ status, error, reply: assembly.reply(), usage: assembly.usage });
    throw thrown;
  } finally {
    deadline.clear();
  }
}
