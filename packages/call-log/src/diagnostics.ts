/** Something the log could not do; the program it serves goes on. */
export interface Diagnostic {
  kind: 'write_failed' | 'blob_failed' | 'logger_error' | 'tree_failed' | 'export_failed';
  message: string;
  cause?: unknown;
}

export type DiagnosticHook = (diagnostic: Diagnostic) => void;

/** Tells each kind of trouble once, on stderr unless a hook is given; a hook that throws is ignored. */
export function createDiagnostics(hook: DiagnosticHook = toStderr): DiagnosticHook {
  const told = new Set<Diagnostic['kind']>();
  return (diagnostic) => {
    if (told.has(diagnostic.kind)) return;
    told.add(diagnostic.kind);
    try {
      hook(diagnostic);
    } catch {
      // Nobody is left to tell.
    }
  };
}

function toStderr({ message }: Diagnostic): void {
  process.stderr.write(`@pd/call-log: ${message}\n`);
}
