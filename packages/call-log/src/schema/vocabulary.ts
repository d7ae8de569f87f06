import {
  agentRefSchema,
  agentSourceSchema,
  callEndingSchema,
  errorRecordSchema,
  messageStatusSchema,
  operationSchema,
  replySchema,
  runEndingSchema,
  usageSchema,
} from './common.ts';
import { callEndSchema, recordedEventSchema, toolEndSchema } from './events.ts';

const objects = [
  ...recordedEventSchema.options,
  agentRefSchema,
  usageSchema,
  errorRecordSchema,
  replySchema,
  callEndSchema.shape.chunks.unwrap(),
];
const enums = [
  agentSourceSchema,
  callEndingSchema,
  messageStatusSchema,
  operationSchema,
  runEndingSchema,
  usageSchema.shape.source,
  toolEndSchema.shape.status,
];

/** The journal's own field names and values. None is a secret, and without them no record can be read. */
export const vocabulary: ReadonlySet<string> = new Set([
  ...objects.flatMap(({ shape }) => Object.keys(shape)),
  ...enums.flatMap(({ options }) => options),
]);
