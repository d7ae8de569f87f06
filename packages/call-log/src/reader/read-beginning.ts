import type { RecordedEventOf } from '../schema/events.ts';
import { readRecords } from './fold-segments.ts';
import { ownersOf } from './segment-paths.ts';

/**
 * What a run says of itself. It stands behind the header of the root, or of the segment that continued a run whose process was
 * killed before it had written it.
 *
 * @param paths the run's segments, the root first
 */
export function readBeginning(paths: readonly string[]): RecordedEventOf<'run.start'> | undefined {
  for (const path of paths.slice(0, ownersOf(paths))) {
    let records = 0;
    for (const event of readRecords(path, () => {})) {
      if (event.type === 'run.start') return event;
      if (++records === 2) break;
    }
  }
  return undefined;
}
