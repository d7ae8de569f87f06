import { CallLogError } from './call-log-error.ts';

/** What was given is not a recorded conversation; `place` says where it stops being one. */
export class ConversationFormatError extends CallLogError {
  override readonly name = 'ConversationFormatError';
  readonly code = 'conversation_format';
  readonly place: string;

  constructor(place: string, problem: string) {
    super(
      `not a recorded conversation at ${place}: ${problem}; expected an array, or an object with a "history" array, of { role?, name?, content }`,
    );
    this.place = place;
  }
}
