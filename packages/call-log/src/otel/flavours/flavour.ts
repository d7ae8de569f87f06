import type { Attributes } from '../attributes.ts';
import type { Reading } from '../reading.ts';
import type { Span } from '../span.ts';

/** One dialect of spans about models. */
export interface Flavour {
  name: string;
  /** Attributes whose names begin so say again what others say, or are nobody's business; all others that are not read go to the call's metadata. */
  ignored: readonly string[];
  /** Whether a span is in this dialect. */
  knows(attributes: Attributes): boolean;
  /** What it says; `undefined` for a span that is only a step of something. */
  read(attributes: Attributes, span: Span): Reading | undefined;
}
