import { InvalidMemoryInputError } from '../../errors/invalid-memory-input-error.ts';
import { createMemoryId } from '../create-memory-id.ts';
import type { FactScope, FactSource, NewFact } from '../fact.ts';
import type { FactRecord } from '../memory-driver.ts';
import { toUnitVector } from '../unit-vector.ts';
import { checkId, checkSessionId } from './check-id.ts';
import { toJSON } from './to-json.ts';

/** The longest text of a fact, in UTF-16 units. What is longer is a document. */
const LONGEST_FACT = 100_000;

/** @throws {InvalidMemoryInputError} */
export function checkScope(scope: FactScope): FactScope {
  if (scope?.type !== 'session' && scope?.type !== 'agent' && scope?.type !== 'user')
    throw new InvalidMemoryInputError("a scope is { type: 'session' | 'agent' | 'user', id }");
  checkSessionId(scope.id, `the id of a scope of type ${scope.type}`);
  return { type: scope.type, id: scope.id };
}

/** @throws {InvalidMemoryInputError} */
export function toFactRecord(fact: NewFact, now: string): FactRecord {
  const { id, text, vector, metadata, source } = fact ?? {};
  if (typeof text !== 'string' || text.trim() === '')
    throw new InvalidMemoryInputError(
      `a fact needs a text; got ${text === '' ? 'an empty one' : typeof text}`,
    );
  if (text.length > LONGEST_FACT)
    throw new InvalidMemoryInputError(
      `a fact may have ${LONGEST_FACT} characters; got ${text.length}: split it`,
    );
  if (!text.isWellFormed())
    throw new InvalidMemoryInputError('a fact has half a surrogate pair and would not come back unchanged');
  if (id !== undefined) checkId(id, 'a fact id');
  return {
    id: id ?? createMemoryId(),
    text,
    metadata: metadata === undefined ? undefined : toJSON(metadata, 'metadata'),
    source: source === undefined ? undefined : toJSON(checkSource(source), 'a source'),
    createdAt: now,
    updatedAt: now,
    vector: vector === undefined ? undefined : toUnitVector(vector),
  };
}

function checkSource(source: FactSource): FactSource {
  const { sessionId, messageIds } = source ?? {};
  checkSessionId(sessionId);
  if (!Array.isArray(messageIds))
    throw new InvalidMemoryInputError('a source names the messages it comes from: { sessionId, messageIds }');
  for (const id of messageIds) checkId(id, 'a message id');
  return { sessionId, messageIds };
}
