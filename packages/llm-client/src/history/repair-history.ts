import type { HistoryDialect } from './dialect.ts';
import type { HistoryFinding } from './finding.ts';
import { isMessage, type LooseMessage } from './loose-message.ts';
import { mendContents } from './mend-contents.ts';
import { mendTools } from './mend-tools.ts';
import { mendTurns } from './mend-turns.ts';
import { toDialect, validateHistory } from './validate-history.ts';

/** A history that the provider takes, as far as is known, and what was wrong with the one before. */
export interface RepairedHistory<Message> {
  /** The same array when nothing was wrong; messages that were in order are the same objects. */
  messages: readonly Message[];
  /** What was found and mended, by index in the history that was given. */
  changes: HistoryFinding[];
}

/**
 * Mends what {@link validateHistory} finds. A tool call without a result gets one that says it was interrupted;
 * results are put after their calls; those without a call are dropped; ids are replaced in call and result; later system
 * messages become the user's; messages of one role are merged; what says nothing is dropped. Only what the dialect has
 * a rule for is touched, and repairing again changes nothing.
 *
 * @param dialect a provider's name in the table, or rules of your own
 * @throws {UnknownProviderError} for a name that is not in the table
 */
export function repairHistory<Message>(
  messages: readonly Message[],
  dialect: HistoryDialect | string = 'openai',
): RepairedHistory<Message> {
  const spoken = toDialect(dialect);
  const changes = validateHistory(messages, spoken);
  if (changes.length === 0) return { messages, changes };
  const known: readonly LooseMessage[] = (messages as readonly unknown[]).filter(isMessage);
  const mended = mendTurns(mendContents(mendTools(known, spoken), spoken), spoken);
  return { messages: mended as Message[], changes };
}
