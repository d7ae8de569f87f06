import type { RecordedEvent } from '../schema/events.ts';

/** A record and the segment it stands in, by position. */
export interface PlacedEvent {
  segment: number;
  event: RecordedEvent;
}

interface Cursor {
  index: number;
  records: Iterator<RecordedEvent>;
  head: RecordedEvent | undefined;
  /** The time of the head, never before that of the record ahead of it: a clock that goes back changes no order. */
  at: string;
}

/**
 * Puts the records of several segments into one order: within a segment as they stand; between segments a cause
 * before its effect (a call before what was done for it, the run before everything); apart from that by time.
 *
 * @param segments the root first
 */
export function* mergeSegments(segments: readonly Iterable<RecordedEvent>[]): Generator<PlacedEvent> {
  const cursors = segments.map((records, index): Cursor => {
    const cursor: Cursor = { index, records: records[Symbol.iterator](), head: undefined, at: '' };
    advance(cursor);
    return cursor;
  });
  const begun = new Set<string>();
  for (;;) {
    const waiting = cursors.filter(({ head }) => head !== undefined);
    // When every segment waits for another one, the cause is lost and time decides.
    const next = earliest(waiting.filter(({ head }) => !isBlocked(head, begun))) ?? earliest(waiting);
    if (next?.head === undefined) return;
    if (next.head.type === 'call.start') begun.add(next.head.call_id);
    yield { segment: next.index, event: next.head };
    advance(next);
  }
}

function advance(cursor: Cursor): void {
  const { done, value } = cursor.records.next();
  cursor.head = done ? undefined : value;
  if (cursor.head !== undefined && cursor.head.at > cursor.at) cursor.at = cursor.head.at;
}

function earliest(cursors: readonly Cursor[]): Cursor | undefined {
  let first: Cursor | undefined;
  // Equal times keep the order of the segments.
  for (const cursor of cursors) if (first === undefined || cursor.at < first.at) first = cursor;
  return first;
}

/** Whether a record comes of a call that has not been seen yet. */
function isBlocked(event: RecordedEvent | undefined, begun: ReadonlySet<string>): boolean {
  if (event?.type === 'call.start' || event?.type === 'segment.start') {
    return event.parent_call_id !== undefined && !begun.has(event.parent_call_id);
  }
  const isAbout = event?.type === 'message' || event?.type === 'log';
  return isAbout && event.call_id !== undefined && !begun.has(event.call_id);
}
