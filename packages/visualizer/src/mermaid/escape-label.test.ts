import { describe, expect, it } from 'vitest';
import { escapeLabel } from './escape-label.ts';

describe('escapeLabel', () => {
  it.each([
    ['plain text stays, with Umläuten and 漢字', 'plain text stays, with Umläuten and 漢字'],
    ['say "hi"', 'say #34;hi#34;'],
    ['a[b]{c}|d|', 'a#91;b#93;#123;c#125;#124;d#124;'],
    ['a;b#c%d', 'a#59;b#35;c#37;d'],
    ['<b>&amp;`', '#60;b#62;#38;amp#59;#96;'],
    ['one\r\ntwo\u2028three', 'one two three'],
    ['wrap: yes', '#119;rap#58; yes'],
    ['the end', 'the #101;nd'],
    ['END.', '#69;ND.'],
    ['weekend ending', 'weekend ending'],
    ['\u202eabc\u2069\u0000', '\ufffdabc\ufffd\ufffd'],
    ['\ud800', '\ufffd'],
    ['', '…'],
    [' \n ', '…'],
  ])('%j → %j', (text, label) => expect(escapeLabel(text, 80)).toBe(label));

  it('shortens by characters, not by halves of them', () => {
    expect(escapeLabel('😀😀😀😀', 3)).toBe('😀😀…');
    expect(escapeLabel('abc', 3)).toBe('abc');
  });
});
