import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from '../redactor.ts';

const { redact } = createRedactor();
const basic = (text: string) => Buffer.from(text).toString('base64');

describe('passwords in URLs', () => {
  it.each([
    ['postgres://user:hunter2@db.local:5432/app', `postgres://user:${REDACTED}@db.local:5432/app`],
    ['mongodb+srv://u:p%40ss@cluster0.x.net', `mongodb+srv://u:${REDACTED}@cluster0.x.net`],
    ['amqp://u@corp.test:p@ss@host', `amqp://u@corp.test:${REDACTED}@host`],
    ['redis://:p4ss@host and more', `redis://:${REDACTED}@host and more`],
    ['http://1a2b3c4d5e6f7a8b9c0d@host/x', `http://${REDACTED}@host/x`],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
    expect(redact(clean)).toBe(clean);
  });

  it.each([
    'https://example.com:8080/path?user=a@b.c, mailto:someone@example.com',
    'ssh://git@github.com:22/owner/repo.git',
    'see https://example.com/a:b and http://user@example.com/',
  ])('not %s', (text) => expect(redact(text)).toBe(text));
});

describe('the schemes of an authorization', () => {
  it.each([
    `Basic ${basic('user:secret')}`,
    `basic ${basic('a:b')}`,
    `Basic ${basic('jörg:pä55')}`,
    'Bearer abcdefghijklmnop1',
    'BEARER  abc/def+ghi.jkl-mno_pqr0==',
  ])('%s', (text) => {
    expect(redact(`curl -H "${text}"`)).toBe(`curl -H "${REDACTED}"`);
  });

  it.each([
    'Basic understanding, Basic Authentication, basic arithmetic: Basic English',
    'bearer of goodnewsforeverybody, Bearer authentication',
    `Basic ${basic('no colon here')}`,
  ])('not %s', (text) => expect(redact(text)).toBe(text));
});
