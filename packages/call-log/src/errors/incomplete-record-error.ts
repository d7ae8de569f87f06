import { CallLogError } from './call-log-error.ts';

/** A record refers to something that is not there, because the journal is damaged. */
export class IncompleteRecordError extends CallLogError {
  override readonly name = 'IncompleteRecordError';
  readonly code = 'incomplete_record';
  readonly callId: string;

  constructor(callId: string, missing: string) {
    super(
      `the request of call ${callId} refers to ${missing}, which is not on record: the journal is damaged`,
    );
    this.callId = callId;
  }
}
