export { type Divergence, DivergenceError } from './errors/divergence-error.ts';
export { type RecordedRunOptions, readRecordedRun } from './resume/read-recorded-run.ts';
export type {
  RecordedCall,
  RecordedEnvelope,
  RecordedMessage,
  RecordedRun,
  RecordedStep,
  RecordedTool,
  RestOptions,
} from './resume/recorded-run.ts';
