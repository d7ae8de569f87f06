import { expect, it } from 'vitest';
import { visibleLabel } from './visible-label.ts';

it('shows what cannot be seen, on one line', () => {
  expect(visibleLabel('a\n\tb\u001b[31mc')).toBe('a b⟦U+1B⟧[31mc');
  expect(visibleLabel('invoice\u202egnp.exe\u0000')).toBe('invoice⟦U+202E⟧gnp.exe⟦U+0⟧');
  expect(visibleLabel('\ud800x\uffff')).toBe('\ufffdx⟦U+FFFF⟧');
});

it('leaves words and signs of all languages alone', () => {
  expect(visibleLabel('שלום مرحبا 👩‍💻 ok')).toBe('שלום مرحبا 👩‍💻 ok');
});
