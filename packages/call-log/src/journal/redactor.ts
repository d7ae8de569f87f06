import { checkRedactOptions } from './redaction/check-options.ts';
import { eachMatch, type Finder, type Found } from './redaction/finder.ts';
import { findKnownKeys } from './redaction/known-keys.ts';
import { LiteralSearch } from './redaction/literal-search.ts';
import { findMarkedCredentials } from './redaction/marked-credentials.ts';
import { findNamedValues, isCredentialField } from './redaction/named-values.ts';
import { isOwnWord } from './redaction/own-words.ts';
import { lastSafePlace } from './redaction/safe-place.ts';
import { SHORTEST_SECRET, secretForms } from './redaction/secret-forms.ts';
import { mergeSpans, replaceSpans, type Span } from './redaction/spans.ts';

/** What to scrub from everything that is written. */
export interface RedactOptions {
  /**
   * Values that must never be written, such as the API keys in use, also in base64, hexadecimal, percent-encoded and
   * escaped in JSON. Shorter than 6 characters are ignored.
   */
  secrets?: readonly string[];
  /** Patterns of your own, beside the built-in ones. One that takes long holds the program up: nothing can interrupt it. */
  patterns?: readonly RegExp[];
}

/** What stands where a secret stood. */
export const REDACTED = '[REDACTED]';

/** So much of a configured secret at the end of a text is taken for one that was cut off. */
const SHORTEST_BEGINNING = 8;

/** The part of a growing text that may be written now. */
export interface Released {
  /** Scrubbed, from where it was released last. */
  text: string;
  /** How much of the whole has been released now. */
  upTo: number;
}

/** Scrubs text and counts what it scrubbed. */
export interface Redactor {
  /** @throws RangeError when a text overwhelms a pattern: then none of it may be written */
  redact(text: string): string;
  /** The value of a field of an object, whose name may say that it is a credential. @throws as `redact` does */
  redactField(name: string, text: string): string;
  /**
   * What may be written of a text that is not complete: nothing that could turn out to be a part of a secret. The text
   * before `from`, which has been released, only tells what the rest belongs to.
   *
   * @throws as `redact` does
   */
  release(text: string, from: number): Released;
  /** How many values have been replaced so far. */
  readonly count: number;
}

/** Scrubs with the built-in patterns, the secrets and the user's patterns. `false` turns scrubbing off. */
export function createRedactor(options: RedactOptions | false = {}): Redactor {
  return compileRedaction(options)();
}

/**
 * Compiles once what many redactors share; each counts for itself.
 *
 * @throws {InvalidOptionError} when the options are not what they should be, so that a typing error does not turn scrubbing off
 */
export function compileRedaction(options: RedactOptions | false = {}): () => Redactor {
  const { secrets, patterns } = checkRedactOptions(options);
  if (options === false) return () => unchanging;
  const literals = new LiteralSearch(secrets.flatMap(secretForms));
  const finders: Finder[] = [
    (text, found) => literals.each(text, found),
    findMarkedCredentials,
    findNamedValues,
    findKnownKeys,
    ...patterns.map(patternFinder),
  ];
  const shortest = patterns.length > 0 ? 1 : SHORTEST_SECRET;

  let spans: Span[] = [];
  const found: Found = (start, end) => spans.push([start, end]);
  const spansIn = (text: string): readonly Span[] => {
    if (spans.length > 0) spans = [];
    for (const find of finders) find(text, found);
    return spans.length > 1 ? mergeSpans(spans) : spans;
  };
  const spansInWhole = (text: string): readonly Span[] => {
    const whole = spansIn(text);
    const cut = literals.openEnd(text, SHORTEST_BEGINNING);
    return cut === text.length ? whole : mergeSpans([...whole, [cut, text.length]]);
  };

  return () => {
    let count = 0;
    const redact = (text: string): string => {
      if (text.length < shortest || isOwnWord(text)) return text;
      const spans = spansInWhole(text);
      count += spans.length;
      return spans.length === 0 ? text : replaceSpans(text, spans, REDACTED);
    };
    return {
      redact,
      redactField(name, text) {
        if (!isCredentialField(name, text)) return redact(text);
        count++;
        return REDACTED;
      },
      release(text, from) {
        const spans = spansIn(text);
        const open = literals.openEnd(text, 1);
        const upTo = Math.max(from, lastSafePlace(text, spans, open, patterns.length > 0));
        const shown = spans.filter(([start, end]) => end > from && start < upTo);
        count += shown.length;
        return { text: replaceSpans(text, shown, REDACTED, from, upTo), upTo };
      },
      get count() {
        return count;
      },
    };
  };
}

const unchanging: Redactor = {
  redact: (text) => text,
  redactField: (_, text) => text,
  release: (text, from) => ({ text: text.slice(from), upTo: text.length }),
  count: 0,
};

/** A user's pattern keeps its flags, apart from those by which it would remember. */
function patternFinder(pattern: RegExp): Finder {
  const own = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '').concat('g'));
  return (text, found) => eachMatch(own, text, ({ index, 0: match }) => found(index, index + match.length));
}
