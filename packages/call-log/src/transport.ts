import { resolve } from 'node:path';
import type { Transform } from 'node:stream';
import build from 'pino-abstract-transport';
import { createContextualCallLog } from './call-log.ts';
import type { CallLogOptions } from './call-log-contract.ts';
import { createDiagnostics } from './diagnostics.ts';
import type { KeepLines } from './pino/kept-line.ts';
import { createLineRecorder } from './pino/line-recorder.ts';
import { pinoConfig, standardConfig } from './pino/pino-config.ts';
import { createGrownReader } from './tree/grown-reader.ts';

/** Options of the transport: plain data, because they cross into a worker thread. */
export type TransportOptions = Omit<CallLogOptions, 'tree' | 'onDiagnostic' | 'now'> & {
  /** Keeps the logger's other lines in the timeline of their run, too. Default: `false`, they pass by. */
  keepLines?: KeepLines;
  /** The `nestedKey` of the pino logger, when it has one. */
  nestedKey?: string;
  /** Only follow journals that somebody else writes; set by `createCallLog` for its own worker. */
  follow?: boolean;
};

/**
 * A pino transport that writes the journal and the tree of the events logged as `log.info({ pd: event })`;
 * other lines pass by. In a worker (`pino.transport({ target: '@pd/call-log/transport' })`) a SIGKILL may
 * lose the last lines; give the log's own `logger` to the client when none may be lost.
 */
export function callLogTransport({
  follow = false,
  keepLines = false,
  nestedKey,
  ...options
}: TransportOptions = {}): Transform {
  if (follow) return followJournals();
  const log = createContextualCallLog({ ...options, dir: resolve(options.dir ?? 'logs'), tree: 'inline' });
  return build(
    async (lines) => {
      // Events look the same whatever the logger is like; other lines do not.
      const config = keepLines === false ? standardConfig : await pinoConfig(lines);
      const record = createLineRecorder(log, { keepLines, nestedKey, config });
      for await (const line of lines) record(line);
    },
    { close: () => log.close() },
  ) as Transform;
}

// What pino looks for; the name is for `require()`.
export default callLogTransport;

function followJournals(): Transform {
  const refresh = createGrownReader(createDiagnostics());
  return build(async (lines) => {
    for await (const line of lines) refresh(line);
  }) as Transform;
}
