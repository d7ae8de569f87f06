import { UnknownProviderError } from '../errors/unknown-provider-error.ts';
import { checkContents } from './check-contents.ts';
import { checkTools } from './check-tools.ts';
import { checkTurns } from './check-turns.ts';
import type { HistoryDialect } from './dialect.ts';
import { dialects } from './dialects.ts';
import type { HistoryFinding, Report } from './finding.ts';

/**
 * Says what in a history the provider does not take, by message; nothing when all is well. Never throws for the
 * messages, whatever they are.
 *
 * @param dialect a provider's name in the table, or rules of your own
 * @throws {UnknownProviderError} for a name that is not in the table
 */
export function validateHistory(
  messages: readonly unknown[],
  dialect: HistoryDialect | string = 'openai',
): HistoryFinding[] {
  const spoken = toDialect(dialect);
  const findings: HistoryFinding[] = [];
  const report: Report = (rule, index, message, toolCallId) => {
    const verdict = spoken.rules[rule];
    if (verdict === undefined) return;
    findings.push({ rule, verdict, index, ...(toolCallId !== undefined && { toolCallId }), message });
  };
  checkContents(messages, report);
  checkTools(messages, spoken, report);
  checkTurns(messages, report);
  return findings.sort((a, b) => a.index - b.index);
}

/** @throws {UnknownProviderError} for a name that is not in the table */
export function toDialect(dialect: HistoryDialect | string): HistoryDialect {
  if (typeof dialect !== 'string') return dialect;
  if (Object.hasOwn(dialects, dialect)) return dialects[dialect as keyof typeof dialects];
  throw new UnknownProviderError(dialect, dialect, Object.keys(dialects));
}
