import { describe, expect, it } from 'vitest';
import { fromNULFree, toNULFree } from './nul-free.ts';

describe('toNULFree', () => {
  it('leaves no NUL, and comes back', () => {
    const texts = [
      '',
      'plain',
      '\0',
      'a\0b\0',
      '\u0001',
      '\u00010',
      '\u00011',
      '\0\u0001\0',
      '\u0001\u0001\x001',
    ];
    const written = texts.map(toNULFree);
    for (const text of written) expect(text).not.toContain('\0');
    expect(written.map(fromNULFree)).toEqual(texts);
    expect(new Set(written).size).toBe(texts.length);
  });
});
