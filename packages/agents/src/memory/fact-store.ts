import type { Fact, FactScope, FoundFact, NewFact } from './fact.ts';
import type { ListOptions, MemoryOptions } from './memory-store.ts';

export interface FactSearchOptions extends MemoryOptions {
  /** Default: 10; at most 1,000. */
  limit?: number | undefined;
}

export interface VectorSearchOptions extends FactSearchOptions {
  /** The least cosine that counts, from -1 to 1. Default: -1. */
  minimumScore?: number | undefined;
}

/** What is known beyond a conversation, by scope. Searches read all facts of the scopes, a page at a time. */
export interface FactStore {
  /** Stores facts in one commit, at most 1,000; an id that is there already gets the new text, vector and metadata. */
  put(scope: FactScope, facts: NewFact | readonly NewFact[], options?: MemoryOptions): Promise<Fact[]>;

  /** Facts of a scope, in the order in which they were first put. */
  list(scope: FactScope, options?: ListOptions): Promise<Fact[]>;

  /** Removes a fact. False when there is none with that id. */
  forget(scope: FactScope, factId: string, options?: MemoryOptions): Promise<boolean>;

  /** Removes all facts of a scope; says how many. */
  forgetAll(scope: FactScope, options?: MemoryOptions): Promise<number>;

  /** Facts with any of the query's words, best first. */
  searchByWords(
    scopes: FactScope | readonly FactScope[],
    query: string,
    options?: FactSearchOptions,
  ): Promise<FoundFact[]>;

  /** Facts by the cosine of their vector and this one, nearest first. Facts whose vector has another length are passed over. */
  searchByVector(
    scopes: FactScope | readonly FactScope[],
    vector: readonly number[] | Float32Array,
    options?: VectorSearchOptions,
  ): Promise<FoundFact[]>;
}
