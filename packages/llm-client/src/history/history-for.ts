import type { Mended } from '@pd/call-log/schema';
import { InvalidHistoryError } from '../errors/invalid-history-error.ts';
import type { HistoryDialect } from './dialect.ts';
import type { HistoryFinding } from './finding.ts';
import type { HistoryMode } from './history-mode.ts';
import { type RepairedHistory, repairHistory } from './repair-history.ts';
import { validateHistory } from './validate-history.ts';

/** The messages of one call, as each provider that is asked is to get them. */
export class HistoryFor {
  readonly #messages: readonly unknown[];
  readonly #mode: HistoryMode;
  /** Of the provider that the call was meant for. */
  readonly #home: HistoryDialect | undefined;
  readonly #known = new Map<HistoryDialect, RepairedHistory<unknown> | InvalidHistoryError>();

  constructor(messages: readonly unknown[], mode: HistoryMode, home: HistoryDialect | undefined) {
    this.#messages = messages;
    this.#mode = mode;
    this.#home = home;
  }

  /** What goes on the wire; what was to go, if it is refused before. */
  for(dialect: HistoryDialect): readonly unknown[] {
    const found = this.#find(dialect);
    return found instanceof InvalidHistoryError ? this.#messages : found.messages;
  }

  /** What was mended of that, for the log; `undefined` when it goes as it was given. */
  mendedFor(dialect: HistoryDialect): Mended[] | undefined {
    const found = this.#find(dialect);
    if (found instanceof InvalidHistoryError || found.changes.length === 0) return undefined;
    return found.changes.map(toMended);
  }

  /** @throws {InvalidHistoryError} when they are not to be sent to it */
  check(dialect: HistoryDialect): void {
    const found = this.#find(dialect);
    if (found instanceof InvalidHistoryError) throw found;
  }

  #find(dialect: HistoryDialect): RepairedHistory<unknown> | InvalidHistoryError {
    const known = this.#known.get(dialect);
    if (known !== undefined) return known;
    const found = this.#prepare(dialect);
    this.#known.set(dialect, found);
    return found;
  }

  #prepare(dialect: HistoryDialect): RepairedHistory<unknown> | InvalidHistoryError {
    const messages = this.#messages;
    const asGiven = { messages, changes: [] };
    if (this.#mode === 'send' || !Array.isArray(messages)) return asGiven;
    if (this.#mode === 'repair') return repairHistory(messages, dialect);
    const findings = validateHistory(messages, dialect);
    if (!findings.some(({ verdict }) => verdict === 'refused')) return asGiven;
    // A fallback speaks another dialect than the history was written for; ids of OpenAI would end it at Mistral.
    if (dialect !== this.#home) return repairHistory(messages, dialect);
    return new InvalidHistoryError(dialect.name, findings);
  }
}

function toMended({ rule, index, toolCallId, message }: HistoryFinding): Mended {
  return { rule, index, ...(toolCallId !== undefined && { tool_call_id: toolCallId }), message };
}
