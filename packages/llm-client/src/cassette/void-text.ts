import type { AttemptNode, CallNode } from '@pd/call-log/schema';
import { pieces, startOfReply, type Timed } from './recorded-chunks.ts';

/** The text of an attempt that was handed out before it failed, so that another one made it void; nothing of the others. */
export function* voidText<Chunk>(
  call: CallNode,
  attempt: AttemptNode,
  toChunk: (text: string) => Chunk,
): Generator<Timed<Chunk>> {
  const restart = call.chunks?.restarts?.find((each) => each.attempt === attempt.number);
  if (restart === undefined) return;
  const offset = startOfReply(call, attempt);
  for (const [i, text] of pieces(restart.text, restart.ends).entries())
    if (text !== '') yield { atMs: (restart.at_ms[i] ?? 0) - offset, chunk: toChunk(text) };
}
