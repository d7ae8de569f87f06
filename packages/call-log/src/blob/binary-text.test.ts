import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBinaryText, toBinaryText } from './binary-text.ts';

const bytes = fc.uint8Array({ minLength: 100, maxLength: 400 }).map((array) => Buffer.from(array));
const mediaType = fc.constantFrom('', 'image/png', 'text/plain;charset=utf-8', 'Odd / one');

it('takes data URLs and base64 apart, and puts them together to the letter', () => {
  fc.assert(
    fc.property(bytes, fc.option(mediaType, { nil: undefined }), (given, type) => {
      const base64 = given.toString('base64');
      const text = type === undefined ? base64 : `data:${type};base64,${base64}`;
      const part = readBinaryText(text);
      // Few of them are so uniform that they are taken for words.
      if (part === undefined) return expect(type).toBeUndefined();
      expect(part.bytes).toEqual(given);
      const reference = {
        sha256: '',
        bytes: 0,
        encoding: part.encoding,
        media_type: part.mediaType ?? 'image/x',
      };
      expect(toBinaryText(reference, part.bytes)).toBe(text);
    }),
  );
});

const base64 = Buffer.from(Array.from({ length: 301 }, (_, i) => (i * 7919) % 251)).toString('base64');

it.each([
  ['prose', 'What makes a good bridge? '.repeat(20)],
  ['one letter', 'x'.repeat(400)],
  ['a long word', 'abcd'.repeat(100)],
  ['digits', '1234'.repeat(100)],
  ['JSON', JSON.stringify({ data: base64 })],
  ['base64 in lines', `${base64.slice(0, 76)}\n${base64.slice(76, -1)}`],
  ['base64 without its padding', base64.replace(/=+$/, '')],
  ['base64 for URLs', `${base64.slice(0, -4)}-_==`],
  ['base64 whose last bits are not zero', base64.replace(/.==$/, 'R==')],
  ['base64 with something behind it', `${base64}====`],
  ['a data URL that is not base64', `data:text/plain,${base64}`],
  ['a data URL without a comma', `data:image/png;base64${base64}`],
  ['a data URL in a sentence', `look: data:image/png;base64,${base64}`],
  ['another URL', `https://example.com/${base64}`],
])('leaves %s alone', (_, text) => {
  expect(readBinaryText(text)).toBeUndefined();
});

it('sees at once that a very long text is none', () => {
  const text = 'What makes a good bridge? '.repeat(2_000_000);
  const started = performance.now();
  for (let i = 0; i < 1_000; i++) readBinaryText(text);
  expect(performance.now() - started).toBeLessThan(500);
});
