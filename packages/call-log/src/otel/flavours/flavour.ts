import type { Attributes } from '../attributes.ts';
import type { Reading } from '../reading.ts';
import type { Span } from '../span.ts';

/** One dialect of spans about models. */
export interface Flavour {
  name: string;
  /** Attributes whose names begin so are the dialect's own; all others are the application's and go to the call's metadata, */
  prefixes: readonly string[];
  /** and so do these. */
  applications?: readonly string[];
  /** Whether a span is in this dialect. */
  knows(attributes: Attributes): boolean;
  /** What it says; `undefined` for a span that is only a step of something. */
  read(attributes: Attributes, span: Span): Reading | undefined;
}
