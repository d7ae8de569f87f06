import type { StreamEntry } from '../redis/stream-reader.ts';

/** What happened to a job, as BullMQ tells it in the stream of its queue. */
export interface QueueEvent {
  type: 'active' | 'waiting' | 'delayed' | 'stalled' | 'duplicated' | 'completed' | 'failed';
  jobId: string;
  /** The outcome as JSON, of one that is completed; the reason, of one that has failed. */
  text: string;
}

const TYPES: readonly string[] = [
  'active',
  'waiting',
  'delayed',
  'stalled',
  'duplicated',
  'completed',
  'failed',
] satisfies QueueEvent['type'][];

/**
 * Reads an entry; `undefined` for what is of no interest here.
 *
 * @see https://docs.bullmq.io/guide/events (the stream) and QueueEventsListener of bullmq 6.7 (its fields)
 */
export function toQueueEvent({ fields }: StreamEntry): QueueEvent | undefined {
  const type = String(fields.get('event'));
  const jobId = fields.get('jobId')?.toString();
  if (jobId === undefined || !TYPES.includes(type)) return undefined;
  const text = (fields.get('returnvalue') ?? fields.get('failedReason'))?.toString() ?? '';
  return { type: type as QueueEvent['type'], jobId, text };
}
