import type { MessageNode } from '@pd/call-log/schema';
import type { OrderedCall } from './ordered-calls.ts';

/** Whether a message says, word for word, what the reply to its call says: most do. */
export function isReply({ content }: MessageNode, call: OrderedCall | undefined): boolean {
  return typeof content === 'string' && content === call?.call.post?.message?.content && !call.call.error;
}
