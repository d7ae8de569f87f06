import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import type { MemoryStore } from '../memory/memory-store.ts';
import type { FactRecall } from './fact-recall.ts';

/** Where an agent's conversation is kept. */
export interface MemoryOfAgent {
  /** Where the conversation is kept. Default: nowhere but in this process, as the agent's kind does it. */
  memory?: MemoryStore;
  /** Which conversation it is; the same id goes on with it, in another process, too. Needed with a `memory`. */
  session?: string;
  /** What of the conversation the model gets to see. */
  context?: ContextOptions;
}

/** What of a conversation goes to the model, and how it is kept. */
export interface ContextOptions {
  /**
   * The most tokens of a request's messages, by the client's estimate. System messages, pinned ones and the question are
   * sent even where they alone are more. Default: 16,000.
   */
  maxTokens?: number;
  /**
   * What becomes of messages that no longer fit. `true`: before the next answer the model sums them up in one call, and the
   * summary takes their place. `false`: they stay in the store and are not sent. Default: `true`.
   */
  summary?: boolean | SummaryOptions;
  /** What is known from before; what fits the question is shown to the model. */
  facts?: FactRecall;
  /**
   * `exchange`: question and answer are one commit, when the answer is there. `question-first`: the question is committed
   * before the model is asked, so that it outlives a crash; an unanswered one that is asked again is not stored twice.
   * Default: `exchange`.
   */
  writes?: 'exchange' | 'question-first';
}

export interface SummaryOptions {
  /** `provider/model` that sums up. Default: the agent's. */
  model?: string;
  /** The most tokens of a summary; the model is told, and one twice as long is cut. Default: an eighth of `maxTokens`. */
  maxTokens?: number;
  /** Said to the model instead of the package's own words. */
  prompt?: string;
}

/** As {@link ContextOptions}, with everything decided. */
export interface ContextSettings {
  maxTokens: number;
  summary: { model: string | undefined; maxTokens: number; prompt: string | undefined } | undefined;
  facts: FactRecall | undefined;
  writes: 'exchange' | 'question-first';
}

const DEFAULT_MAX_TOKENS = 16_000;
/** Below this there is no conversation to speak of. */
const LEAST_TOKENS = 100;

/** @throws {InvalidAgentError} for what makes no sense */
export function checkContext(id: string, options: ContextOptions = {}): ContextSettings {
  const { maxTokens = DEFAULT_MAX_TOKENS, summary = true, facts, writes = 'exchange' } = options;
  const wrong = (what: string) => new InvalidAgentError(`the agent ${id}: ${what}`);
  const isCount = (value: unknown, least: number) =>
    Number.isSafeInteger(value) && (value as number) >= least;
  if (!isCount(maxTokens, LEAST_TOKENS))
    throw wrong(`context.maxTokens has to be a whole number from ${LEAST_TOKENS} on`);
  if (writes !== 'exchange' && writes !== 'question-first')
    throw wrong("context.writes has to be 'exchange' or 'question-first'");
  if (typeof summary !== 'boolean' && (typeof summary !== 'object' || summary === null))
    throw wrong('context.summary has to be true, false or its options');
  if (facts !== undefined && typeof facts?.find !== 'function')
    throw wrong('context.facts has to come from createFactRecall()');
  const given = typeof summary === 'object' ? summary : {};
  const summaryTokens = given.maxTokens ?? Math.ceil(maxTokens / 8);
  if (!isCount(summaryTokens, 1) || summaryTokens > maxTokens / 2)
    throw wrong('context.summary.maxTokens has to be a whole number up to half of context.maxTokens');
  return {
    maxTokens,
    facts,
    writes,
    summary:
      summary === false ? undefined : { model: given.model, maxTokens: summaryTokens, prompt: given.prompt },
  };
}
