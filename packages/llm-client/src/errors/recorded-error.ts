import type { ErrorRecord } from '@pd/call-log/schema';
import { LLMClientError } from './llm-client-error.ts';

/**
 * An error on record, thrown again when its run is resumed, whose own class has more to say than the record holds: a budget
 * that refused, a gate of your own. It has the name and the code of the original.
 */
export class RecordedError extends LLMClientError {
  override readonly name: string;
  readonly code: string;

  constructor({ type, code, message }: ErrorRecord) {
    super(message ?? 'the recorded call failed');
    this.name = type;
    this.code = code ?? 'recorded';
  }
}
