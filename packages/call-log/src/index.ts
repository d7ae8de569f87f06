export { createCallLog } from './call-log.ts';
export type { CallLog, CallLogOptions, ResumeOptions, Run, RunOptions } from './call-log-contract.ts';
export { combineLoggers } from './combine-loggers.ts';
export type { Diagnostic, DiagnosticHook } from './diagnostics.ts';
export { CallLogError } from './errors/call-log-error.ts';
export { IncompleteRecordError } from './errors/incomplete-record-error.ts';
export { InvalidOptionError } from './errors/invalid-option-error.ts';
export { InvalidRunIdError } from './errors/invalid-run-id-error.ts';
export { InvalidRunShareError } from './errors/invalid-run-share-error.ts';
export { LogNotFoundError } from './errors/log-not-found-error.ts';
export { MissingBlobError } from './errors/missing-blob-error.ts';
export { NotALogError } from './errors/not-a-log-error.ts';
export { RunExistsError } from './errors/run-exists-error.ts';
export { RunNotFoundError } from './errors/run-not-found-error.ts';
export { RunStillRunningError } from './errors/run-still-running-error.ts';
export { UnsupportedVersionError } from './errors/unsupported-version-error.ts';
export { guardLogger } from './guard-logger.ts';
export {
  bindContext,
  type CallContext,
  currentContext,
  withAgent,
  withoutContext,
  withRun,
} from './identity/context.ts';
export { UNKNOWN_AGENT } from './identity/resolve.ts';
export type { RedactOptions } from './journal/redactor.ts';
export { callLogMixin } from './pino/call-log-mixin.ts';
export { type InfoLogger, type ToPinoLoggerOptions, toPinoLogger } from './pino/to-pino-logger.ts';
export { readTree } from './reader/read-tree-lazily.ts';
export { createRunId } from './run-id.ts';
export { fromRunShareEnv, RUN_SHARE_VARIABLE, type RunShare, shareRun, toRunShareEnv } from './run-share.ts';
export type { LogEvent, Logger } from './schema/logger-events.ts';
export type { RunTree } from './schema/tree.ts';
