import { expect, it } from 'vitest';
import { ShownText } from './shown-text.ts';

function shownOf() {
  const texts: string[] = [];
  return { texts, shown: new ShownText((text) => texts.push(text)) };
}
const piece = (at: number, text: string, number = 1) => ({ job: 'm', try: number, at, text });

it('passes pieces on in order, and the end with the whole', () => {
  const { texts, shown } = shownOf();
  shown.piece(piece(0, 'Hello'));
  shown.piece(piece(5, ', '));
  shown.end('Hello, world');
  expect(texts).toEqual(['Hello', ', ', 'world']);
});

it('shows nothing twice after a gap, or when another worker begins anew', () => {
  const { texts, shown } = shownOf();
  shown.piece(piece(0, 'Hel'));
  shown.piece(piece(9, 'rld'));
  shown.piece(piece(0, 'Hello', 2));
  shown.end('Hello, world');
  expect(texts).toEqual(['Hel', 'lo, world']);
});

it('shows nothing more of an answer that turned out to be another', () => {
  const { texts, shown } = shownOf();
  shown.piece(piece(0, 'Hel'));
  shown.end('Good day');
  expect(texts).toEqual(['Hel']);
});
