import { constants, copyFileSync, linkSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { blobFolder } from '../blob/blob-paths.ts';
import { LogNotFoundError } from '../errors/log-not-found-error.ts';
import { MessageNotFoundError } from '../errors/message-not-found-error.ts';
import { NotALogError } from '../errors/not-a-log-error.ts';
import { RunExistsError } from '../errors/run-exists-error.ts';
import { UnsupportedVersionError } from '../errors/unsupported-version-error.ts';
import { createPlain } from '../journal/create-plain.ts';
import { ownProcess } from '../journal/process-identity.ts';
import { createRedactor } from '../journal/redactor.ts';
import { locateRun } from '../reader/locate.ts';
import { readBeginning } from '../reader/read-beginning.ts';
import { readHeader } from '../reader/read-header.ts';
import { checkRunId, createRunId } from '../run-id.ts';
import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { version } from '../version.ts';
import { copyBlobs } from './copy-blobs.ts';
import { eventsBefore } from './events-before.ts';
import { LineFile } from './line-file.ts';
import { StoredOnce } from './stored-once.ts';

export interface ForkOptions {
  /** Id of the message that is the first one not to be in the new run. */
  before: string;
  /** Of the new run, safe as a file name. Default: a new one that sorts by time. */
  id?: string;
  /** Beside what the old run has, and in its place. What looks like a secret is scrubbed, as a log does it. */
  metadata?: object;
}

/** A run that was made of another one. */
export interface ForkedRun {
  id: string;
  journalPath: string;
  /** With `forked_from: { run_id, message_id }`. */
  metadata: JsonObject;
}

/** Records written before others get their turn. */
const RECORDS_AT_ONCE = 2_000;

/**
 * Makes a new run, in the same folder, of what a run has on record before one of its messages was first delivered, to be
 * continued from there by `CallLog.resume()`. Calls that had begun by then are in it with all that came of them, because they
 * are paid for; what became of a message later is not. The segments of all processes become one; blobs are linked, or copied
 * where that cannot be done. The new run is `interrupted`. It appears as a whole or not at all.
 *
 * @param path the run's journal, its tree, or either without its extension
 * @throws {MessageNotFoundError} when there is no such message
 * @throws {InvalidRunIdError | RunExistsError} when the new id cannot be used
 * @throws {LogNotFoundError | NotALogError | UnsupportedVersionError} when there is no journal that this version reads
 */
export async function forkRun(path: string, { before, id, metadata }: ForkOptions): Promise<ForkedRun> {
  const { journal, tree, segments } = await locateRun(path);
  if (journal === undefined)
    throw new NotALogError(tree ?? path, 'a fork is made of the journal, and that is gone');
  const runId = checkRunId(id ?? createRunId());
  const paths = [journal, ...segments];
  const headers = await Promise.all(paths.map(readHeader));
  const newest = Math.max(0, ...headers.map((header) => header?.schema_version ?? 0));
  if (newest > SCHEMA_VERSION) throw new UnsupportedVersionError(journal, newest);
  const captureContent = headers.every((header) => header?.capture_content !== false);

  const target = join(dirname(journal), `${runId}.jsonl`);
  if (await isTaken(target)) throw new RunExistsError(target);
  const temporary = `${target.slice(0, -1)}.${process.pid}.tmp`;
  const file = new LineFile(temporary);
  try {
    const stored = new StoredOnce(paths.length);
    const at = new Date().toISOString();
    const oldId = headers.find((header) => header !== undefined)?.run_id ?? basename(journal, '.jsonl');
    const given = ownMetadata(metadata, captureContent);
    const { name, metadata: old } = readBeginning(paths) ?? {};
    const forked = { ...old, ...given, forked_from: { run_id: oldId, message_id: before } };
    file.write({ type: 'segment.start', at, ...header(runId, captureContent) });
    file.write({ type: 'run.start', at, ...(name !== undefined && { name }), metadata: forked });
    const seen: string[] = [];
    let found = false;
    let records = 0;
    for (const { event, isMessage } of eventsBefore(paths, before)) {
      if (++records % RECORDS_AT_ONCE === 0) await new Promise(setImmediate);
      if (isMessage) found = true;
      else if (event.type === 'call.start') file.write({ ...event, messages: stored.of(event.messages) });
      else file.write(event);
      if (event.type === 'message' && seen.length < 6 && !seen.includes(event.message_id))
        seen.push(event.message_id);
    }
    if (!found) throw new MessageNotFoundError(oldId, before, seen);
    file.write({ type: 'run.end', at, status: 'interrupted' });
    file.close();
    copyBlobs(file.blobs, blobFolder(journal), blobFolder(target));
    publish(temporary, target);
    return { id: runId, journalPath: target, metadata: forked };
  } finally {
    file.close();
    rmSync(temporary, { force: true });
  }
}

function header(runId: string, captureContent: boolean): object {
  return {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    segment: 'root',
    ...ownProcess(),
    writer: `@pd/call-log@${version}`,
    ...(!captureContent && { capture_content: false }),
  };
}

/** As a log would write it. */
function ownMetadata(metadata: object = {}, captureContent: boolean): JsonObject {
  const plain = createPlain({ redactor: createRedactor(), captureContent });
  return (plain({ metadata }).value as { metadata: JsonObject }).metadata;
}

/** @throws {RunExistsError} when a run of that id has come in the meantime, or was there before */
function publish(temporary: string, target: string): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    if (isExisting(error)) throw new RunExistsError(target);
    copyWhole(temporary, target);
  }
}

/** Where there are no hard links. */
function copyWhole(temporary: string, target: string): void {
  try {
    copyFileSync(temporary, target, constants.COPYFILE_EXCL);
  } catch (error) {
    throw isExisting(error) ? new RunExistsError(target) : error;
  }
}

function isExisting(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}

/** Whether there is anything of a run already, so that its folder of blobs is not ours. */
async function isTaken(path: string): Promise<boolean> {
  try {
    await locateRun(path);
    return true;
  } catch (error) {
    if (!(error instanceof LogNotFoundError)) throw error;
    return false;
  }
}
