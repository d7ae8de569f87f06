import { readRecords } from '../reader/fold-segments.ts';
import { mergeSegments } from '../reader/merge-segments.ts';
import { ownersOf } from '../reader/segment-paths.ts';
import type { RecordedEvent } from '../schema/events.ts';

interface Kept {
  event: RecordedEvent;
  /** It is the message itself, which is not to be kept. */
  isMessage: boolean;
}

/** What later tells of a call that had begun by then. */
const ofCalls: ReadonlySet<string> = new Set([
  'attempt.start',
  'attempt.end',
  'call.progress',
  'call.end',
  'tool.start',
  'tool.end',
]);
/** What tells of the segment that it stands in, or of the run. */
const ofSegments: ReadonlySet<string> = new Set(['segment.start', 'run.start', 'audit', 'run.end']);

/**
 * The records of all segments of a run, in one order, that belong before a message: what stands before the first record of it,
 * and what came of calls that had begun by then.
 */
export function* eventsBefore(paths: readonly string[], messageId: string): Generator<Kept> {
  const segments = paths.map((path) => readRecords(path, () => {}));
  const calls = new Set<string>();
  const tools = new OpenTools();
  let isOver = false;
  for (const { event, segment } of mergeSegments(segments, ownersOf(paths))) {
    if (ofSegments.has(event.type)) continue;
    const isMessage: boolean = !isOver && event.type === 'message' && event.message_id === messageId;
    if (isOver && !(ofCalls.has(event.type) && 'call_id' in event && calls.has(String(event.call_id))))
      continue;
    if (event.type === 'call.start') calls.add(event.call_id);
    if (!tools.isSecondStart(event, segment)) yield { event, isMessage };
    isOver ||= isMessage;
  }
}

/** Tools that have begun: one that another segment has begun again is one call of it, which would not show in one segment. */
class OpenTools {
  readonly #open = new Map<string, number[]>();

  isSecondStart(event: RecordedEvent, segment: number): boolean {
    if (event.type !== 'tool.start' && event.type !== 'tool.end') return false;
    const key = JSON.stringify([event.call_id, event.tool_call_id]);
    const open = this.#open.get(key) ?? [];
    if (event.type === 'tool.end') {
      open.shift();
      if (open.length === 0) this.#open.delete(key);
      return false;
    }
    const other = open.findIndex((began) => began !== segment);
    if (other === -1) open.push(segment);
    else open[other] = segment;
    this.#open.set(key, open);
    return other !== -1;
  }
}
