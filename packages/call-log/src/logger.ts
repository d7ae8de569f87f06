/** What to do with loggers, for packages that only call one: no pino, no zod. */
export { combineLoggers } from './combine-loggers.ts';
export { type GuardedLogger, guardLogger } from './guard-logger.ts';
export { ProgressPieces } from './progress-pieces.ts';
export type { LogEvent, Logger } from './schema/logger-events.ts';
