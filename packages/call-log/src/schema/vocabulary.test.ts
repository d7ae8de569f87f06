import { expect, it } from 'vitest';
import {
  agentRefSchema,
  agentSourceSchema,
  callEndingSchema,
  choiceEndSchema,
  embeddingsShapeSchema,
  errorRecordSchema,
  mendedSchema,
  messageStatusSchema,
  operationSchema,
  replySchema,
  runEndingSchema,
  usageSchema,
} from './common.ts';
import { chunksSchema, recordedEventSchema, stepSchema, toolEndSchema } from './events.ts';
import { vocabulary } from './vocabulary.ts';

const objects = [
  ...recordedEventSchema.options,
  agentRefSchema,
  usageSchema,
  errorRecordSchema,
  replySchema,
  choiceEndSchema,
  embeddingsShapeSchema,
  mendedSchema,
  chunksSchema,
  chunksSchema.shape.restarts.unwrap().element,
];
const enums = [
  agentSourceSchema,
  callEndingSchema,
  messageStatusSchema,
  operationSchema,
  runEndingSchema,
  usageSchema.shape.source,
  toolEndSchema.shape.status,
  stepSchema.shape.status,
];

it('the vocabulary is what the schemas say', () => {
  const said = new Set([
    ...objects.flatMap(({ shape }) => Object.keys(shape)),
    ...enums.flatMap(({ options }) => options),
  ]);
  expect([...vocabulary].toSorted()).toEqual([...said].toSorted());
});
