import type { CallNode } from '@pd/call-log/schema';
import type { DeltaPart } from '../chat-stream.ts';
import { toToolCalls } from '../tools/tool-call.ts';
import { pieces } from './recorded-chunks.ts';

/**
 * A recorded chat completion as it was handed out: its thoughts in one piece, its text in the recorded ones, its tool calls
 * whole.
 */
export function* recordedParts({ post, chunks }: CallNode): Generator<DeltaPart> {
  const message = post?.message ?? {};
  const { content, reasoning_content, reasoning = reasoning_content } = message;
  if (typeof reasoning === 'string' && reasoning !== '') yield { type: 'reasoning-delta', text: reasoning };
  if (typeof content === 'string')
    for (const text of pieces(content, chunks?.ends ?? []))
      if (text !== '') yield { type: 'text-delta', text };
  for (const [index, { id, name, arguments: args }] of toToolCalls(message).entries())
    yield { type: 'tool-call-delta', index, ...(id && { id }), ...(name && { name }), arguments: args };
}
