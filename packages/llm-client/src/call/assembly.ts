import type { ChunkDelta } from '@pd/call-log/openai-wire';
import type { Reply, Usage } from '@pd/call-log/schema';
import type { Counted, Received } from './attempts.ts';

/** Puts a reply together, from the whole of it or from chunks. */
export interface Assembly<Chunk> {
  push(chunk: Chunk): ChunkDelta;
  /** Whether the reply has come to its end. */
  readonly complete: boolean;
  readonly usage: Usage;
  /** US dollars, as the provider says. */
  readonly costUsd: number | undefined;
  readonly serviceTier: string | undefined;
  reply(): Reply;
}

/** Counts what an attempt on its way has come to. */
export type Count = (received: Received) => Counted;

/** What has come of a reply, for the record. */
export function receivedOf(assembly: Assembly<never>): Received {
  const { usage, costUsd: reportedUsd, serviceTier } = assembly;
  return { reply: assembly.reply(), usage, reportedUsd, serviceTier };
}
