import { CallLogError } from './call-log-error.ts';

/** A record refers to one that is not there, because the journal is damaged. */
export class IncompleteRecordError extends CallLogError {
  override readonly name = 'IncompleteRecordError';
  readonly code = 'incomplete_record';

  constructor(callId: string, missing: string) {
    super(
      `the request of call ${callId} begins like that of call ${missing}, which is not on record: the journal is damaged`,
    );
  }
}
