import type { ContextualCallLog } from '../call-log-contract.ts';
import { messageOf } from '../journal/error-record.ts';
import { misplacedIn, readEventLine } from './event-line.ts';
import { isKept, type KeepLines, toLogLine } from './kept-line.ts';
import { type Fields, isFields } from './line-fields.ts';
import type { PinoConfig } from './pino-config.ts';

/** How the lines of a pino logger are read. */
export interface LineRecorderOptions {
  keepLines: KeepLines;
  nestedKey: string | undefined;
  config: PinoConfig;
}

/**
 * Makes a function that gives the events among a logger's parsed lines to a log, and the other lines too, if asked. Never throws:
 * whatever somebody logs must not end the worker that all of them go through.
 */
export function createLineRecorder(
  log: ContextualCallLog,
  { keepLines, nestedKey, config }: LineRecorderOptions,
): (line: unknown) => void {
  const record = (line: Fields): void => {
    const read = readEventLine(line, nestedKey);
    if (read.kind === 'event') {
      log.log(read.event, read.context);
      return;
    }
    if (read.kind === 'exit') {
      const message = `the process ended with exit code ${read.code}`;
      log.failWith({ type: 'ProcessExit', code: String(read.code), message });
      return;
    }
    if (read.kind === 'spoiled') log.reject(`${read.why}; pino's redact or a serializer may have changed it`);
    const field = misplacedIn(line);
    if (field !== undefined)
      log.reject(`it is in the line's field ${field}; give the transport { nestedKey: '${field}' }`);
    if (!isKept(line, keepLines, config)) return;
    const { event, context } = toLogLine(line, config, nestedKey);
    log.log(event, context);
  };
  return (line) => {
    try {
      if (isFields(line)) record(line);
    } catch (error) {
      log.reject(messageOf(error));
    }
  };
}
