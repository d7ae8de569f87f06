import { expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

it('shows what turns the reading direction round, and leaves the languages that run that way alone', () => {
  expect(visibleText('invoice\u202egnp.exe')).toBe('invoice⟦U+202E⟧gnp.exe');
  expect(visibleText('\u2066a\u2069')).toBe('⟦U+2066⟧a⟦U+2069⟧');
  expect(visibleText('שלום مرحبا 👩‍💻')).toBe('שלום مرحبا 👩‍💻');
});
