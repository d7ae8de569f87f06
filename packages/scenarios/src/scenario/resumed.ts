import { type RecordedRun, type RecordedRunOptions, readRecordedRun } from '@pd/llm-client/resume';
import type { MessageEnd } from '../coordinator/message.ts';

/** A run that is done again. */
export interface Resumed {
  run: RecordedRun;
  /** The messages whose deadline had passed, by their ids, and how they ended. */
  expired: ReadonlyMap<string, MessageEnd>;
}

/** @throws what `readRecordedRun` throws */
export async function readResumed(path: string, options: RecordedRunOptions): Promise<Resumed> {
  const run = await readRecordedRun(path, options);
  // As the ledger explains what was not answered.
  const expired = (run.tree.logs ?? []).flatMap(({ fields: { reason, message_id: id, status } = {} }) => {
    const isOne = reason === 'deadline' && typeof id === 'string';
    return isOne && (status === 'rejected' || status === 'dead_lettered') ? [[id, status] as const] : [];
  });
  return { run, expired: new Map(expired) };
}
