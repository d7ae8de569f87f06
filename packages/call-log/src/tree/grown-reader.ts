import type { DiagnosticHook } from '../diagnostics.ts';
import { messageOf } from '../journal/error-record.ts';
import type { GrownLine } from './tree-worker.ts';
import { TreeWriter } from './tree-writer.ts';

/** Makes a function that carries out what `createCallLog` asks of its worker, and passes over any other line. */
export function createGrownReader(tell: DiagnosticHook): (line: unknown) => void {
  const trees = new TreeWriter();
  return (line) => {
    if (!isGrown(line)) return;
    const { ended, ...files } = line.pd_grown;
    try {
      trees.refresh(files, ended);
    } catch (cause) {
      const message = `cannot write ${files.tree}: ${messageOf(cause)}; readers build it from the journal`;
      tell({ kind: 'tree_failed', message, cause });
    }
  };
}

function isGrown(line: unknown): line is GrownLine {
  return typeof line === 'object' && line !== null && 'pd_grown' in line;
}
