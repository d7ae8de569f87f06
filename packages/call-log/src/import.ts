/** Runs of files that are no logs: recorded conversations and OTLP/JSON. */

export { ImportError } from './errors/import-error.ts';
export { type ForeignRuns, readForeignRuns } from './import/read-foreign-runs.ts';
