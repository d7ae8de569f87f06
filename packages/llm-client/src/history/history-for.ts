import { InvalidHistoryError } from '../errors/invalid-history-error.ts';
import type { HistoryDialect } from './dialect.ts';
import type { HistoryMode } from './history-mode.ts';
import { repairHistory } from './repair-history.ts';
import { validateHistory } from './validate-history.ts';

/** The messages of one call, as each provider that is asked is to get them. */
export class HistoryFor {
  readonly #messages: readonly unknown[];
  readonly #mode: HistoryMode;
  /** Of the provider that the call was meant for. */
  readonly #home: HistoryDialect | undefined;
  readonly #known = new Map<HistoryDialect, readonly unknown[] | InvalidHistoryError>();

  constructor(messages: readonly unknown[], mode: HistoryMode, home: HistoryDialect | undefined) {
    this.#messages = messages;
    this.#mode = mode;
    this.#home = home;
  }

  /** What goes on the wire; what was to go, if it is refused before. */
  for(dialect: HistoryDialect): readonly unknown[] {
    const found = this.#find(dialect);
    return found instanceof InvalidHistoryError ? this.#messages : found;
  }

  /** @throws {InvalidHistoryError} when they are not to be sent to it */
  check(dialect: HistoryDialect): void {
    const found = this.#find(dialect);
    if (found instanceof InvalidHistoryError) throw found;
  }

  #find(dialect: HistoryDialect): readonly unknown[] | InvalidHistoryError {
    const known = this.#known.get(dialect);
    if (known !== undefined) return known;
    const found = this.#prepare(dialect);
    this.#known.set(dialect, found);
    return found;
  }

  #prepare(dialect: HistoryDialect): readonly unknown[] | InvalidHistoryError {
    const messages = this.#messages;
    if (this.#mode === 'send' || !Array.isArray(messages)) return messages;
    if (this.#mode === 'repair') return repairHistory(messages, dialect).messages;
    const findings = validateHistory(messages, dialect);
    if (!findings.some(({ verdict }) => verdict === 'refused')) return messages;
    // A fallback speaks another dialect than the history was written for; ids of OpenAI would end it at Mistral.
    if (dialect !== this.#home) return repairHistory(messages, dialect).messages;
    return new InvalidHistoryError(dialect.name, findings);
  }
}
