import { embeddingsShape, reportedCostUsd, toUsage } from '@pd/call-log/openai-wire';
import type { Reply } from '@pd/call-log/schema';
import type { Backend, WireEmbeddings } from '../backend/backend.ts';
import { type FinishedCall, isFinished } from '../call/finished-call.ts';
import { finishedResult } from '../call/finished-result.ts';
import type { PreparedCall } from '../call/prepare-call.ts';
import { runCall } from '../call/run-call.ts';
import { type EmbeddingsResult, toEmbeddingsResult } from './embeddings-result.ts';
import { packVectors, unpackVectors } from './pack-vectors.ts';
import { toVectors } from './to-vectors.ts';

/** One request for embeddings. */
export function runEmbeddings(
  ask: NonNullable<Backend['embeddings']>,
  call: PreparedCall | FinishedCall,
): Promise<EmbeddingsResult> {
  if (isFinished(call)) {
    const { embeddings } = call.finished.post ?? {};
    const vectors = (embeddings && unpackVectors(embeddings)) ?? [];
    return finishedResult(call, (record, received) => toEmbeddingsResult(record, received, vectors));
  }
  return runCall(call, () => {
    let reply: WireEmbeddings | undefined;
    let vectors: number[][] = [];
    let packed: string | undefined;
    const received = () => ({
      reply: toReply(reply, packed),
      usage: toUsage(reply?.usage),
      reportedUsd: reportedCostUsd(reply?.usage),
    });
    return {
      received,
      result: (whole) => toEmbeddingsResult(call.record, whole, vectors),
      async ask(request) {
        reply = await ask(request);
        vectors = toVectors(reply, request.body.input, request.target.baseURL);
        if (call.settings.recordVectors) packed = packVectors(vectors);
      },
    };
  });
}

function toReply({ model, data }: Partial<WireEmbeddings> = {}, vectors: string | undefined): Reply {
  const shape = embeddingsShape(data);
  const embeddings = shape && { ...shape, ...(vectors !== undefined && { vectors }) };
  return { ...(typeof model === 'string' && { model }), ...(embeddings !== undefined && { embeddings }) };
}
