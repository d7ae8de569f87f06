import { Attributes } from './attributes.ts';
import type { SpanFailure } from './reading.ts';
import type { Span } from './span.ts';

const STATUS_ERROR = 2;

/** How a span failed, from its status, `error.type` and its exception event; `undefined` when it did not. */
export function readFailure(span: Span): SpanFailure | undefined {
  if (span.status.code !== STATUS_ERROR) return undefined;
  const attributes = new Attributes(span.attributes);
  const exception = new Attributes(span.events.find(({ name }) => name === 'exception')?.attributes ?? {});
  const status = attributes.number('http.response.status_code', 'http.status_code');
  return toFailure(
    exception.text('exception.type') ?? attributes.text('error.type') ?? 'Error',
    span.status.message ?? exception.text('exception.message') ?? 'the span failed and does not say why',
    status,
  );
}

/** A failure by the name of its error: a cancelled call is no error. */
export function toFailure(type: string, message: string, httpStatus?: number): SpanFailure {
  const error = { type, ...(httpStatus !== undefined && { status: httpStatus }), message };
  if (/abort|cancel/i.test(type)) return { status: 'aborted', error };
  return { status: /timeout|timed.?out/i.test(type) ? 'timeout' : 'error', error };
}
