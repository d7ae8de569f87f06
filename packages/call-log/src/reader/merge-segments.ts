import type { RecordedEvent } from '../schema/events.ts';

/** A record and the segment it stands in, by position. */
export interface PlacedEvent {
  segment: number;
  event: RecordedEvent;
}

interface Cursor {
  records: Iterator<PlacedEvent>;
  head: PlacedEvent | undefined;
  /** The time of the head, never before that of the record ahead of it: a clock that goes back changes no order. */
  at: string;
}

/**
 * Puts the records of several segments into one order: within a segment as they stand; between segments a cause
 * before its effect (a call before what was done for it, the run before everything); apart from that by time. Those that
 * have owned the run one after the other are read one after the other.
 *
 * @param segments the root first
 * @param owners how many of them, from the first, have owned the run
 */
export function* mergeSegments(
  segments: readonly Iterable<RecordedEvent>[],
  owners = 1,
): Generator<PlacedEvent> {
  const placed = segments.map(place);
  const cursors = [inTurn(placed.slice(0, owners)), ...placed.slice(owners)].map((records): Cursor => {
    const cursor: Cursor = { records, head: undefined, at: '' };
    advance(cursor);
    return cursor;
  });
  const begun = new Set<string>();
  for (;;) {
    const waiting = cursors.filter(({ head }) => head !== undefined);
    // When every segment waits for another one, the cause is lost and time decides.
    const next = earliest(waiting.filter(({ head }) => !isBlocked(head?.event, begun))) ?? earliest(waiting);
    if (next?.head === undefined) return;
    const { event } = next.head;
    if (event.type === 'call.start') begun.add(event.call_id);
    yield next.head;
    advance(next);
  }
}

function* place(records: Iterable<RecordedEvent>, segment: number): Generator<PlacedEvent> {
  for (const event of records) yield { segment, event };
}

function* inTurn(segments: readonly Iterable<PlacedEvent>[]): Generator<PlacedEvent> {
  for (const segment of segments) yield* segment;
}

function advance(cursor: Cursor): void {
  const { done, value } = cursor.records.next();
  cursor.head = done ? undefined : value;
  const { event } = cursor.head ?? {};
  if (event !== undefined && event.at > cursor.at) cursor.at = event.at;
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
  // Of an attempt, because a call may go on in another process than the one where it began.
  const isAbout = event?.type === 'message' || event?.type === 'log' || event?.type === 'attempt.start';
  return isAbout && event.call_id !== undefined && !begun.has(event.call_id);
}
