import type { HistoryFinding } from '../history/finding.ts';
import { LLMClientError } from './llm-client-error.ts';

/** The provider would have refused these messages, so they were not sent. */
export class InvalidHistoryError extends LLMClientError {
  override readonly name = 'InvalidHistoryError';
  readonly code = 'invalid_history';
  /** Whose rules they break. */
  readonly provider: string;
  /** Everything that was found, by message. */
  readonly findings: readonly HistoryFinding[];

  constructor(provider: string, findings: readonly HistoryFinding[]) {
    const refused = findings.filter(({ verdict }) => verdict === 'refused');
    const said = refused.slice(0, 3).map(({ index, message }) => `messages[${index}]: ${message}`);
    const more = refused.length > 3 ? `; and ${refused.length - 3} more` : '';
    super(
      `${provider} does not take this history: ${said.join('; ')}${more}. With history: 'repair' it is mended, with 'send' it is sent as it is`,
    );
    this.provider = provider;
    this.findings = findings;
  }
}
