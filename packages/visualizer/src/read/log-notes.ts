import type { RunTree } from '@pd/call-log/schema';

/** What a reader should know of a record before believing its picture, a sentence each; nothing for a whole one. */
export function logNotes({ run, audit, orphans }: RunTree): string[] {
  const notes: string[] = [];
  if (run.status === 'running') notes.push('the run is still going, this is what there is of it so far');
  if (run.status === 'interrupted') notes.push('the run was interrupted, this is what there is of it');
  if (audit.damaged_lines > 0)
    notes.push(`left out: ${count(audit.damaged_lines, 'line')} of the journal that could not be read`);
  if ((audit.dropped ?? 0) > 0)
    notes.push(`the log says that it lost ${count(audit.dropped ?? 0, 'record')}`);
  if (orphans.length > 0)
    notes.push(`left out: ${count(orphans.length, 'record')} that belong to no call on record`);
  if (audit.capture_content === false) notes.push('it was recorded without what was said');
  return notes;
}

function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
