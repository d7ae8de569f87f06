import { resolve } from 'node:path';
import type { Transform } from 'node:stream';
import build from 'pino-abstract-transport';
import { type CallLogOptions, createContextualCallLog } from './call-log.ts';
import { createDiagnostics, type DiagnosticHook } from './diagnostics.ts';
import type { CallContext } from './identity/context.ts';
import { messageOf } from './journal/error-record.ts';
import type { LogEvent } from './schema/logger-events.ts';
import type { GrownLine } from './tree/tree-worker.ts';
import { TreeWriter } from './tree/tree-writer.ts';

/** Options of the transport: plain data, because they cross into a worker thread. */
export type TransportOptions = Omit<CallLogOptions, 'tree' | 'onDiagnostic' | 'now'> & {
  /** Only follow journals that somebody else writes; set by `createCallLog` for its own worker. */
  follow?: boolean;
};

/**
 * A pino transport that writes the journal and the tree of the events logged as `log.info({ pd: event })`;
 * other lines pass by. In a worker (`pino.transport({ target: '@pd/call-log/transport' })`) a SIGKILL may
 * lose the last lines; give the log's own `logger` to the client when none may be lost.
 */
export function callLogTransport({ follow = false, ...options }: TransportOptions = {}): Transform {
  const trees = new TreeWriter();
  const tell = createDiagnostics();
  const log = follow
    ? undefined
    : createContextualCallLog({ ...options, dir: resolve(options.dir ?? 'logs'), tree: 'inline' });
  return build(
    async (lines) => {
      for await (const line of lines) {
        if (isGrown(line)) tryRefresh(trees, line, tell);
        else if (isEventLine(line)) log?.log(line.pd, line.pd_context ?? {});
      }
    },
    { close: async () => log?.close() },
  ) as Transform;
}

// What pino looks for; the name is for `require()`.
export default callLogTransport;

function tryRefresh(
  trees: TreeWriter,
  { pd_grown: { ended, ...files } }: GrownLine,
  tell: DiagnosticHook,
): void {
  try {
    trees.refresh(files, ended);
  } catch (cause) {
    const message = `cannot write ${files.tree}: ${messageOf(cause)}; readers build it from the journal`;
    tell({ kind: 'tree_failed', message, cause });
  }
}

function isGrown(line: unknown): line is GrownLine {
  return typeof line === 'object' && line !== null && 'pd_grown' in line;
}

function isEventLine(line: unknown): line is { pd: LogEvent; pd_context?: CallContext } {
  return (
    typeof line === 'object' &&
    line !== null &&
    'pd' in line &&
    typeof line.pd === 'object' &&
    line.pd !== null &&
    'type' in line.pd
  );
}
