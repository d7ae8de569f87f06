import type { JsonObject } from '../schema/json.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { version } from '../version.ts';
import { ownProcess } from './process-identity.ts';
import type { RunJournalOptions, Unplaced } from './run-journal-options.ts';
import type { PlainJson } from './to-plain-json.ts';

/**
 * What a segment begins with: who writes it and, where it begins the run, the run itself.
 *
 * @param plain makes JSON without blobs: until the file is there, the run's folder may be that of another run
 */
export function firstLines(options: RunJournalOptions, plain: (fields: object) => PlainJson): Unplaced[] {
  const {
    runId: run_id,
    name,
    metadata = {},
    startedAt: at,
    segment,
    resumes,
    contentMissing,
    captureContent,
  } = options;
  const given = plain({ ...(name !== undefined && { name }), metadata }).value;
  const writer = `@pd/call-log@${version}`;
  const header = {
    schema_version: SCHEMA_VERSION,
    run_id,
    segment: segment?.id ?? (resumes === undefined ? 'root' : `resume-${resumes.number}`),
    ...(resumes !== undefined && { resumes: resumes.number }),
    ...ownProcess(),
    writer,
  };
  const parent = segment?.parentCallId;
  const first: Unplaced = {
    type: 'segment.start',
    at,
    ...header,
    ...(parent !== undefined && { parent_call_id: parent }),
    ...((contentMissing || !captureContent) && { capture_content: false }),
  };
  const beginsRun = segment === undefined && resumes?.begun !== true;
  return beginsRun ? [first, { type: 'run.start', at, ...(given as JsonObject) }] : [first];
}
