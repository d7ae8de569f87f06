import { join } from 'node:path';

/**
 * The folder of a run's blobs, whether it is there or not; all processes of the run share it.
 *
 * @param run path of its journal or tree, or either without its extension
 */
export function blobFolder(run: string): string {
  return join(run.replace(/\.jsonl?$/, ''), 'blobs');
}
