import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Conversation, parseConversation } from '../conversation/parse-conversation.ts';
import { CallLogError } from '../errors/call-log-error.ts';
import { ImportError } from '../errors/import-error.ts';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import type { Span } from '../otel/span.ts';
import { isObject } from '../otlp/leftover.ts';
import { fromOtlpRequest } from '../otlp/otlp-json.ts';
import { LineSplitter } from '../reader/lines.ts';

/** What a file holds. */
export type ImportFile =
  | {
      kind: 'spans';
      spans: Span[];
      /** Lines that are no JSON, such as the torn last one of a collector that was killed. */
      damagedLines: number;
      /** Requests with logs or metrics, which a collector may write to the same file. */
      otherSignals: number;
    }
  | { kind: 'conversation'; conversation: Conversation };

/**
 * Reads OTLP/JSON, one request or one on each line as a collector's file exporter writes them, or a recorded conversation.
 *
 * @throws {LogNotFoundError} when there is no such file
 * @throws {ImportError} when it holds neither; says what it seems to be
 */
export async function readImportFile(path: string): Promise<ImportFile> {
  const found: Extract<ImportFile, { kind: 'spans' }> = {
    kind: 'spans',
    spans: [],
    damagedLines: 0,
    otherSignals: 0,
  };
  let lines = 0;
  for await (const line of linesOf(path)) {
    if (line.trim() === '') continue;
    const json = parse(line);
    if (lines === 0 && isObject(json) && json.type === 'segment.start') throw alreadyRun(path);
    // JSON over several lines has no first line that is JSON.
    if (lines++ === 0 && !isRequest(json)) return readWhole(path);
    if (json === undefined) found.damagedLines++;
    else if (isObject(json) && !('resourceSpans' in json) && isRequest(json)) found.otherSignals++;
    else found.spans.push(...spansOf(json, path, lines));
  }
  if (lines === 0) throw new ImportError(path, 'it is empty');
  return found;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const lines = new LineSplitter();
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
      yield* lines.push(chunk as Buffer);
    yield lines.rest();
  } catch (error) {
    throw readError(path, error);
  }
}

async function readWhole(path: string): Promise<ImportFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(path, error);
  });
  const json = parse(text);
  if (json === undefined) throw new ImportError(path, 'it is neither JSON nor JSON lines');
  if (isRequest(json)) return { kind: 'spans', spans: spansOf(json, path), damagedLines: 0, otherSignals: 0 };
  if (isObject(json) && (json.type === 'segment.start' || ('run' in json && 'agents' in json)))
    throw alreadyRun(path);
  try {
    return { kind: 'conversation', conversation: parseConversation(json) };
  } catch (error) {
    if (!CallLogError.isInstance(error)) throw error;
    throw new ImportError(
      path,
      `it is neither OTLP/JSON ("resourceSpans") nor a conversation: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

function alreadyRun(path: string): ImportError {
  return new ImportError(path, 'it is a run already; every command reads it where it is');
}

function spansOf(json: unknown, path: string, line?: number): Span[] {
  try {
    return fromOtlpRequest(json);
  } catch (error) {
    if (!CallLogError.isInstance(error)) throw error;
    const where = line === undefined ? '' : `line ${line}: `;
    throw new ImportError(path, `${where}${error.message}`, { cause: error });
  }
}

/** Whether it is one of OTLP's requests, of whichever signal. */
function isRequest(json: unknown): boolean {
  return (
    isObject(json) && ['resourceSpans', 'resourceLogs', 'resourceMetrics'].some((field) => field in json)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

function readError(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new LogNotFoundError(path, `there is no file ${path}`);
  if (code === 'ERR_STRING_TOO_LONG') return new ImportError(path, 'a line of it is too long to be read');
  return error instanceof ImportError ? error : new ImportError(path, message, { cause: error });
}
