import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutEverywhere } from './cut/cut-everywhere.ts';
import { recordedShape } from './cut/recorded-shape.ts';
import { streamShapes } from './cut/stream-shapes.ts';

it.each(streamShapes())(
  '$name: cut at any of its bytes it ends once, and ok only when whole',
  async (shape) => {
    expect(await cutEverywhere(shape)).toBe(shape.body.length + 1);
  },
);

/**
 * A folder of recorded streams: chunks, one a line (`*.chunks.txt`), or a body as it came (`*.sse`). One of 180 KB takes
 * half an hour; `PD_CUTS=90000-100000` makes only those cuts.
 */
const folder = process.env.PD_STREAMS ?? '';
const [from = 0, to = Number.POSITIVE_INFINITY] = process.env.PD_CUTS?.split('-').map(Number) ?? [];

describe.skipIf(!existsSync(folder))('recorded streams (PD_STREAMS names their folder)', () => {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /\.(chunks\.txt|sse)$/.test(name))
    : [];

  it.each(names)('%s: the same', { timeout: 3_600_000 }, async (name) => {
    const shape = recordedShape(name, readFileSync(join(folder, name), 'utf8'));
    const last = Math.min(to, shape.body.length);
    expect(await cutEverywhere(shape, from, last)).toBe(Math.max(0, last - from + 1));
  });
});
