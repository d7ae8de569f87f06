import type { LLMClient } from '@pd/llm-client';
import { InvalidMemoryInputError } from '../errors/invalid-memory-input-error.ts';
import type { Fact, FactScope, FoundFact, NewFact } from '../memory/fact.ts';
import type { MemoryOptions, MemoryStore } from '../memory/memory-store.ts';

export interface FactRecallOptions {
  /** Where facts are kept. */
  memory: MemoryStore;
  /** Makes the vectors. */
  client: LLMClient;
  /** Whom the facts are about or for; the first one is where new facts are put. */
  scopes: FactScope | readonly [FactScope, ...FactScope[]];
  /** `provider/model` for vectors. Default: none, and facts are found by their words. */
  embeddingModel?: string;
  /** At most so many facts for a question. Default: 8. */
  limit?: number;
  /** The least cosine by which a fact counts as near, from -1 to 1; models differ. Default: 0.3. */
  minimumScore?: number;
}

/** What is known for longer than a conversation, and how it is found again. */
export interface FactRecall {
  /** Keeps facts, with their vectors where the provider makes them. */
  remember(facts: string | readonly (string | NewFact)[], options?: MemoryOptions): Promise<Fact[]>;
  /** Facts that fit a text: nearest in meaning first, then those that share words with it. */
  find(text: string, options?: MemoryOptions): Promise<FoundFact[]>;
}

/**
 * Facts with recall by meaning, and by words where there are no embeddings: no model for it, a provider that has none, or a call that
 * failed, which is then on record.
 *
 * @throws {InvalidMemoryInputError} for options that make no sense
 */
export function createFactRecall(options: FactRecallOptions): FactRecall {
  const { memory, client, embeddingModel: model, limit = 8, minimumScore = 0.3 } = options;
  const scopes = [options.scopes].flat();
  const [home] = scopes;
  if (home === undefined) throw new InvalidMemoryInputError('facts need a scope: whom they are about or for');
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 1_000)
    throw new InvalidMemoryInputError('limit has to be a whole number from 1 to 1,000');
  if (!(minimumScore >= -1 && minimumScore <= 1))
    throw new InvalidMemoryInputError('minimumScore has to be a cosine, from -1 to 1');

  const embed = async (input: string[], signal: AbortSignal | undefined) => {
    if (model === undefined || input.length === 0) return undefined;
    try {
      return (await client.embeddings({ model, input, signal })).embeddings;
    } catch (cause) {
      // Cancelling is not failing. Anything else is on record as a call of its own.
      if (signal?.aborted) throw cause;
      return undefined;
    }
  };

  return {
    async remember(facts, { signal } = {}) {
      const given = [facts].flat().map((fact): NewFact => (typeof fact === 'string' ? { text: fact } : fact));
      const vectors = await embed(
        given.map(({ text }) => text),
        signal,
      );
      const made = given.map((fact, i) => {
        const vector = vectors?.[i];
        if (vector === undefined || fact.vector !== undefined) return fact;
        return { ...fact, vector, metadata: { ...fact.metadata, embedding_model: model } };
      });
      return memory.facts.put(home, made, { signal });
    },

    async find(text, { signal } = {}) {
      if (text.trim() === '') return [];
      const [vector] = (await embed([text], signal)) ?? [];
      const near = vector
        ? await memory.facts.searchByVector(scopes, vector, { limit, minimumScore, signal })
        : [];
      // Vectors of different models have nothing to do with each other, whatever their length.
      const found = near.filter(({ metadata }) => (metadata?.embedding_model ?? model) === model);
      if (found.length === limit) return found;
      const known = new Set(found.map(placeOf));
      const byWords = await memory.facts.searchByWords(scopes, text, { limit, signal });
      return [...found, ...byWords.filter((fact) => !known.has(placeOf(fact)))].slice(0, limit);
    },
  };
}

function placeOf({ scope, id }: Fact): string {
  return JSON.stringify([scope.type, scope.id, id]);
}
