import type { BinaryParts } from '../blob/binary-parts.ts';
import type { JsonObject } from '../schema/json.ts';
import type { Redactor } from './redactor.ts';
import { createToPlainJson, type PlainJson } from './to-plain-json.ts';
import { withoutContent } from './without-content.ts';

/** What is done to the fields of a record before anybody else sees them. */
export interface PlainRules {
  redactor: Pick<Redactor, 'redact' | 'redactField'>;
  /** Whether what was said stays, or only that something was. */
  captureContent: boolean;
  /** What is recorded comes from another log: its references to blobs stay what they are. Default: `false`. */
  keepReferences?: boolean | undefined;
  /** Takes large binary parts out. */
  parts?: BinaryParts | undefined;
}

/** Makes a function that turns the fields of a record into JSON, without secrets. Given under their names, which decide what is content. */
export function createPlain({
  redactor,
  captureContent,
  keepReferences = false,
  parts,
}: PlainRules): (fields: object) => PlainJson {
  const { redact, redactField } = redactor;
  const options = { redactField, keepReferences, ...(parts !== undefined && { parts }) };
  const plain = createToPlainJson(redact, options);
  if (captureContent) return plain;
  return (fields) => ({ value: withoutContent(plain(fields).value as JsonObject), exact: false });
}
