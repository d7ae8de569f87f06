import { setImmediate as turn } from 'node:timers/promises';
import { InvalidMemoryInputError } from '../errors/invalid-memory-input-error.ts';
import type { Fact, FactScope, FoundFact } from './fact.ts';
import type { FactStore } from './fact-store.ts';
import { checkCount } from './input/check-count.ts';
import { checkId } from './input/check-id.ts';
import { checkScope, toFactRecord } from './input/fact-input.ts';
import { toBatch } from './input/to-batch.ts';
import type { FactRecord, MemoryDriver } from './memory-driver.ts';
import { cosine, toUnitVector } from './unit-vector.ts';
import { rankByWords } from './words/rank-by-words.ts';
import { queryWords } from './words/to-words.ts';

/** Facts that are read at a time, with a turn for others in between. */
const PAGE = 500;

/** What facts need of a driver. */
type FactDriver = Pick<MemoryDriver, 'putFacts' | 'readFacts' | 'forgetFacts'>;

type Placed = { scope: FactScope; record: FactRecord };

/** The facts of a store: what drivers need not know. */
export function createFactStore(driver: FactDriver, now: () => string): FactStore {
  /** Every fact of the scopes. */
  async function* readAll(
    scopes: FactScope | readonly FactScope[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Placed> {
    const all = new Map([scopes].flat().map((scope) => [JSON.stringify(checkScope(scope)), scope]));
    for (const scope of all.values()) {
      let after: string | undefined;
      do {
        signal?.throwIfAborted();
        const page = await driver.readFacts(scope, { after, limit: PAGE }, signal);
        for (const record of page.facts) yield { scope, record };
        after = page.next;
        if (after !== undefined) await turn();
      } while (after !== undefined);
    }
  }

  return {
    async put(scope, facts, { signal } = {}) {
      signal?.throwIfAborted();
      const checked = checkScope(scope);
      const at = now();
      const records = toBatch(facts, 'facts').map((fact) => toFactRecord(fact, at));
      if (records.length === 0) return [];
      const stored = await driver.putFacts(checked, records, signal);
      return stored.map((record) => toFact({ scope: checked, record }));
    },

    async list(scope, { limit = 100, offset = 0, signal } = {}) {
      checkCount(limit, 'limit', { most: 10_000 });
      checkCount(offset, 'offset', { least: 0 });
      const facts: Fact[] = [];
      let passed = 0;
      for await (const placed of readAll(scope, signal)) {
        if (passed++ < offset) continue;
        facts.push(toFact(placed));
        if (facts.length === limit) break;
      }
      return facts;
    },

    async forget(scope, factId, { signal } = {}) {
      signal?.throwIfAborted();
      checkId(factId, 'a fact id');
      return (await driver.forgetFacts(checkScope(scope), factId, signal)) > 0;
    },

    async forgetAll(scope, { signal } = {}) {
      signal?.throwIfAborted();
      return driver.forgetFacts(checkScope(scope), undefined, signal);
    },

    async searchByWords(scopes, query, { limit = 10, signal } = {}) {
      checkCount(limit, 'limit', { most: 1_000 });
      if (typeof query !== 'string') throw new InvalidMemoryInputError('a query has to be a text');
      const words = queryWords(query);
      if (words.length === 0) return [];
      const facts: Placed[] = [];
      for await (const placed of readAll(scopes, signal)) facts.push(placed);
      return rankByWords(facts, ({ record }) => record.text, words, 'any')
        .slice(0, limit)
        .map(({ item, score }) => ({ ...toFact(item), score }));
    },

    async searchByVector(scopes, vector, { limit = 10, minimumScore = -1, signal } = {}) {
      checkCount(limit, 'limit', { most: 1_000 });
      if (typeof minimumScore !== 'number' || !(minimumScore >= -1 && minimumScore <= 1))
        throw new InvalidMemoryInputError('minimumScore has to be a cosine, from -1 to 1');
      const wanted = toUnitVector(vector);
      const nearest: FoundFact[] = [];
      for await (const { scope, record } of readAll(scopes, signal)) {
        if (record.vector?.length !== wanted.length) continue;
        const score = cosine(record.vector, wanted);
        const last = nearest.length < limit ? undefined : nearest.at(-1);
        if (score < minimumScore || (last !== undefined && score <= last.score)) continue;
        const place = nearest.findIndex((found) => found.score < score);
        nearest.splice(place === -1 ? nearest.length : place, 0, { ...toFact({ scope, record }), score });
        if (nearest.length > limit) nearest.pop();
      }
      return nearest;
    },
  };
}

function toFact({ scope, record }: Placed): Fact {
  const { id, text, createdAt, updatedAt, vector, metadata, source } = record;
  return {
    id,
    scope: { ...scope },
    text,
    createdAt,
    updatedAt,
    ...(vector !== undefined && { dimensions: vector.length }),
    ...(metadata !== undefined && { metadata: JSON.parse(metadata) }),
    ...(source !== undefined && { source: JSON.parse(source) }),
  };
}
