import type { PackedRun } from '../../page-data/page-data.ts';

/** Which of the document's runs has that id; -1 for none. A URL holds no half surrogate pairs, an id may. */
export function placeOfRun(runs: readonly PackedRun[], id: string | undefined): number {
  return runs.findIndex(({ run }) => run.id.toWellFormed() === id?.toWellFormed());
}
