/** The shapes on disk. Needs zod only and runs in a browser. */
export * from './schema/blob-reference.ts';
export * from './schema/common.ts';
export * from './schema/events.ts';
export type { JsonObject, JsonValue } from './schema/json.ts';
export * from './schema/log-event-schema.ts';
export type * from './schema/logger-events.ts';
export * from './schema/tree.ts';
