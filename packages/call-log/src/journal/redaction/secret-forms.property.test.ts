import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from '../redactor.ts';

// What keys and passwords are made of, and what has to be escaped somewhere.
const sign = fc.constantFrom(...'abcXYZ0189+/=_-.~!*\'()"\\ \n&%#ä€');
const secret = fc.string({ unit: sign, minLength: 12, maxLength: 60 });
const around = fc.string({ unit: fc.constantFrom(...'mnoMNO567:,{} '), maxLength: 20 });

const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  JSON: (text) => JSON.stringify(text),
  'JSON in JSON': (text) => JSON.stringify({ arguments: JSON.stringify({ text }) }),
  'ASCII JSON': (text) =>
    JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 without padding': (text) => Buffer.from(text).toString('base64').replaceAll('=', ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  HEXADECIMAL: (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'URI component': encodeURIComponent,
  'URI component, small': (text) => encodeURIComponent(text).replace(/%../g, (c) => c.toLowerCase()),
  form: (text) => new URLSearchParams([[text, '']]).toString(),
};

describe('a configured secret inside of something larger', () => {
  it.each(Object.entries(encodings))('is scrubbed from its %s form', (_, encode) => {
    fc.assert(
      fc.property(around, secret, around, (before, value, after) => {
        const clean = createRedactor({ secrets: [value] }).redact(encode(before + value + after));
        expect(clean).toContain(REDACTED);
        // What is left has no room for eight characters of it.
        const rest = clean.replaceAll(REDACTED, '').length - encode(before + after).length;
        expect(rest).toBeLessThan(8);
      }),
    );
  });
});
