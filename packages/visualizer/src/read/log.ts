import type { RunTree } from '@pd/call-log/schema';

/** A run that was read, and what there is to say of the reading. */
export interface Log {
  tree: RunTree;
  /** The path of what was given without its extension: what files made of it are called. */
  base: string;
  /** Files of the log; nothing is written over them. */
  files: readonly string[];
  /** What a reader should know of the record, a sentence each. */
  notes: readonly string[];
}
