import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { toHtml } from './to-html.ts';

/** Of the page without a run: script, style and what holds them. */
const MOST_GZIPPED = 150_000;

it('is a page whose own code stays small', () => {
  expect(gzipSync(toHtml([])).length).toBeLessThan(MOST_GZIPPED);
});
