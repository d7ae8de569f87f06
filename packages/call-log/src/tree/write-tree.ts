import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type TreeOutline, toTree } from './tree-outline.ts';

/** A tree of up to this many calls is indented, for people; a larger one has a call a line, for tools. */
const INDENTED_CALLS = 200;
/** A list of numbers, as the chunks of a stream have them; in a text there is no line break. */
const NUMBERS = /\[\n[\s\d.,eE+-]+\]/g;
/** Bytes gathered before they are written. */
const CHUNK = 256 * 1024;

/**
 * Writes a tree so that a reader never sees half of it: to a temporary file, and from there with one rename. What is
 * not in memory is copied as it lies.
 *
 * @throws file system errors
 */
export function writeTree(path: string, tree: TreeOutline): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const fd = openSync(temporary, 'w', 0o600);
    try {
      for (const chunk of chunks(tree.run.totals.calls > INDENTED_CALLS ? lines(tree) : [indented(tree)]))
        for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function indented(tree: TreeOutline): string {
  return `${JSON.stringify(toTree(tree), null, 2)}\n`.replace(NUMBERS, (list) => list.replace(/\s+/g, ' '));
}

function* lines({
  schema_version,
  run,
  agents,
  messages,
  logs,
  steps,
  orphans,
  audit,
}: TreeOutline): Generator<string | Buffer> {
  yield `{\n"schema_version": ${schema_version},\n"run": ${JSON.stringify(run)},\n"agents": [`;
  let separator = '\n';
  for (const { calls, ...agent } of agents) {
    yield `${separator}${JSON.stringify(agent).slice(0, -1)},"calls":`;
    yield* list(calls.json());
    yield '}';
    separator = ',\n';
  }
  yield '\n],\n"messages": ';
  yield* list(messages.json());
  if (logs !== undefined) {
    yield ',\n"logs": ';
    yield* list(logs.json());
  }
  if (steps !== undefined) {
    yield ',\n"steps": ';
    yield* list(steps.json());
  }
  yield ',\n"orphans": ';
  yield* list(orphans.json());
  yield `,\n"audit": ${JSON.stringify(audit)}\n}\n`;
}

function* list(nodes: Iterable<string | Buffer>): Generator<string | Buffer> {
  let separator = '[\n';
  for (const node of nodes) {
    yield separator;
    yield node;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n]';
}

/** The same bytes in pieces that are worth a write. */
function* chunks(parts: Iterable<string | Buffer>): Generator<Buffer> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  for (const part of parts) {
    const size = Buffer.byteLength(part);
    if (size > CHUNK - length) {
      yield chunk.subarray(0, length);
      length = 0;
    }
    if (size > CHUNK) yield Buffer.from(part as string);
    else length += typeof part === 'string' ? chunk.write(part, length) : part.copy(chunk, length);
  }
  yield chunk.subarray(0, length);
}
