import { LLMClientError } from './llm-client-error.ts';

/** What a program that is done again does differently. */
export interface Divergence {
  /** Who asks what is not on record; absent when something other than a call waited. */
  agentId?: string | undefined;
  /** Where that call leaves the agent's next call on record. */
  difference?: string | undefined;
  /** Ids of the finished calls that were never asked for, in the order of the record. */
  unasked: readonly string[];
}

/** How many of the calls that were not asked for the message names. */
const NAMED = 5;

/** A run that is resumed does something else than it did before; nothing was sent. */
export class DivergenceError extends LLMClientError {
  override readonly name = 'DivergenceError';
  readonly code = 'diverged';
  readonly divergence: Readonly<Divergence>;

  /** @param owners of the calls that were not asked for, in the same order */
  constructor(path: string, divergence: Divergence, owners: readonly string[], quietMs: number) {
    const { agentId, difference, unasked } = divergence;
    const who =
      agentId === undefined
        ? ''
        : `the agent ${JSON.stringify(agentId)} asks what is not on record: ${difference}; `;
    const named = unasked.slice(0, NAMED).map((id, i) => `${id} of ${owners[i]}`);
    const more = unasked.length > NAMED ? ` and ${unasked.length - NAMED} more` : '';
    super(
      `the program no longer does what ${path} has on record: ${who}${unasked.length} finished ${unasked.length === 1 ? 'call was' : 'calls were'} ` +
        `not asked for within ${quietMs} ms (${named.join(', ')}${more}). Nothing was sent. ` +
        'Run the code that made the record, put what differs each time (clocks, random numbers) into steps, or raise divergenceAfterMs if the program waits for longer by itself',
    );
    this.divergence = divergence;
  }
}
