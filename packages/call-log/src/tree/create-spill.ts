import { randomUUID } from 'node:crypto';
import { SpillFile } from './spill-file.ts';

/** A place beside a tree for what is finished while the tree is built. Close it when the tree is written. */
export function createSpill(treePath: string): SpillFile {
  return new SpillFile(`${treePath}.${process.pid}.${randomUUID().slice(0, 8)}.spill.tmp`);
}
