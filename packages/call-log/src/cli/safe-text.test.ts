import { describe, expect, it } from 'vitest';
import { safeJson, safeLine, safeText } from './safe-text.ts';

const hostile = 'a\u001b[31mred\u009b2J\u202eevil\u2028next\r\nb\u0007\u007f\u{e0041}\ud800';

describe('safeText', () => {
  it('leaves nothing that a terminal obeys', () => {
    expect(safeText(hostile)).toBe('a␛[31mred␛2J\ufffdevil\nnext\nb␇␡\ufffd\ufffd');
  });

  it('keeps what people write', () => {
    expect(safeText('naïve\t日本語 👩‍💻\n')).toBe('naïve\t日本語 👩‍💻\n');
  });
});

it('safeLine is one line', () => {
  expect(safeLine(' a\n\n\tb\r\nc ')).toBe('a b c');
});

it('safeJson means the same and is plain to a terminal', () => {
  const text = safeJson({ hostile });
  expect(JSON.parse(text)).toEqual({ hostile });
  expect(safeText(text)).toBe(text);
});
