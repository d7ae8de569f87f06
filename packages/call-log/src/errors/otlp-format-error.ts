import { CallLogError } from './call-log-error.ts';

/** What was given is not OTLP in its JSON encoding, or not a run of ours; `place` says where it stops being one. */
export class OtlpFormatError extends CallLogError {
  override readonly name = 'OtlpFormatError';
  readonly code = 'otlp_format';
  readonly place: string;

  constructor(place: string, problem: string, options?: ErrorOptions) {
    super(`not OTLP/JSON at ${place}: ${problem}; expected an ExportTraceServiceRequest`, options);
    this.place = place;
  }
}
