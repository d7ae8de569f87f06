import type { Unplaced } from './run-journal-options.ts';

/**
 * A record as a line of the journal, without its end.
 *
 * @param messages the field of that name, when it is JSON text already
 */
export function recordLine(seq: number, record: Unplaced, messages?: string): string {
  const fields = JSON.stringify(record).slice(1, -1);
  return messages === undefined
    ? `{"seq":${seq},${fields}}`
    : `{"seq":${seq},${fields},"messages":${messages}}`;
}
