import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveText } from './live-text.ts';
import { createRedactor, type RedactOptions } from './redactor.ts';

const tail = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const configured = ['correct horse battery\nstaple', 'x7Kp2mQ9vL4n', 'geheim schlüssel'];
/** What stands before each secret, the secret, and what stands after it. */
const secrets: (readonly [string, string, string])[] = [
  ...configured.map((secret) => ['', secret, ''] as const),
  ['', Buffer.from(`user:${configured[1]}`).toString('base64'), ''],
  ['', encodeURIComponent('correct horse battery\nstaple'), ''],
  ['', ['sk', `proj-${tail}`].join('-'), ''],
  ['', [`ey${'J'}hbGciOiJIUzI1NiJ9`, `ey${'J'}zdWIiOiIxMjM0NTY3ODkwIn0`, tail].join('.'), ''],
  ['Authorization: ', `Bearer ${tail}`, ''],
  ['Basic ', Buffer.from('someone:Letmein').toString('base64'), ''],
  ['postgres://user:', 'Passwort1äöü'.slice(0, 9), '@host/db'],
  ['{"password": "', 'several words, no digit', '"}'],
  ['api_key = ', 'k3yk3yk3y', '\n'],
  ['api_key=', 'grünkohl77', ' '],
  ['Cookie: ', 'session=abcdefgh; theme=darkdark', '\n'],
  ['', `-----BEGIN RSA PRIVATE KEY-----\n${tail}\n${tail}\n-----END RSA PRIVATE KEY-----`, ''],
  ['https://host/?sig=', 'abcd1234%2Fefgh', '&x=1'],
];

const prose = fc.constantFrom(
  ...[
    'Some words. ',
    'a, b; c: d ',
    '文字がここに続く。',
    '\n',
    'x=1 ',
    '"',
    ' basic ideas ',
    '{"a": "b"} ',
    ' ',
  ],
);
const planted = fc.constantFrom(...secrets).map((parts) => ` ${parts.join('')} `);
const reply = fc.array(fc.oneof(prose, planted), { maxLength: 14 }).map((pieces) => pieces.join(''));

/** The pieces of a text that arrives in chunks, asked for after some of them. */
function follow(text: string, sizes: readonly number[], asked: readonly boolean[], options: RedactOptions) {
  const { release } = createRedactor(options);
  const live = new LiveText();
  const written: string[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    live.push(text.slice(at, at + size));
    at += size;
    if (asked[i % asked.length]) written.push(live.take(release));
  }
  return written;
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 });
const asked = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });

function expectNoSecretIn(text: string): void {
  for (const [, secret] of secrets)
    for (let i = 0; i + 8 <= secret.length; i++) {
      const part = secret.slice(i, i + 8);
      // What is no secret: the frame of a key, and a name that is written beside the value.
      if (!/^[- A-Z]+$|^Bearer|^earer|^session/.test(part)) expect(text).not.toContain(part);
    }
}

describe('the text of a reply while it comes', () => {
  it('is the beginning of the whole text, scrubbed, however it is cut', () => {
    fc.assert(
      fc.property(reply, sizes, asked, (text, cuts, times) => {
        const written = follow(text, cuts, times, { secrets: configured }).join('');
        expect(createRedactor({ secrets: configured }).redact(`${text} .`).startsWith(written)).toBe(true);
        expectNoSecretIn(written);
      }),
      { numRuns: 500 },
    );
  });

  it('has no part of what a pattern of the user matches, up to 256 characters', () => {
    const option = { patterns: [/<<[^>]*>>/, /geheim\s+\w+/i] };
    const own = fc.string({ unit: fc.constantFrom('q', 'w', ' ', '\n'), minLength: 8, maxLength: 250 });
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            prose,
            own.map((text) => `<<${text}>>`),
          ),
        ),
        sizes,
        asked,
        (parts, cuts, times) => {
          const written = follow(parts.join(''), cuts, times, option).join('');
          expect(written).not.toMatch(/[qw]/);
        },
      ),
    );
  });

  it('comes as soon as a word has ended, and in languages without spaces at once', () => {
    const { release } = createRedactor({ secrets: configured });
    const live = new LiveText();
    live.push('One two thr');
    expect(live.take(release)).toBe('One two ');
    live.push('ee, correct hor');
    expect(live.take(release)).toBe('three, ');
    live.push('ses. 文字が');
    expect(live.take(release)).toBe('correct horses. 文字が');
    expect(live.take(release)).toBe('');
  });

  it('looks at no more than a bounded part of the text each time, also when nothing of it may be written', () => {
    const { release } = createRedactor();
    for (const chunk of ['word ', 'x', 'a:b ', '"password": "', '-----BEGIN PRIVATE KEY-----']) {
      const live = new LiveText();
      const looked: number[] = [];
      for (let i = 0; i < 300; i++) {
        live.push(chunk.repeat(200));
        live.take((text, from) => {
          looked.push(text.length);
          return release(text, from);
        });
      }
      expect(Math.max(...looked), chunk).toBeLessThan(80 * 1024);
    }
  });

  it('is not followed any further when it cannot be scrubbed', () => {
    const live = new LiveText();
    live.push('some text ');
    const failing = () => {
      throw new RangeError('overwhelmed');
    };
    expect(() => live.take(failing)).toThrow(RangeError);
    live.push('more text ');
    expect(live.take((text) => ({ text, upTo: text.length }))).toBe('');
  });
});
