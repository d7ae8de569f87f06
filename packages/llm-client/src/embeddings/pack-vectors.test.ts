import { describe, expect, it } from 'vitest';
import { packVectors, unpackVectors } from './pack-vectors.ts';

describe('packed vectors', () => {
  it.each<[string, number[][], number]>([
    [
      '32-bit floats',
      [
        [0.5, -2, 0],
        [Math.fround(0.1), 1e-40, 3],
      ].map((each) => each.map(Math.fround)),
      4,
    ],
    ['numbers that would round', [[0.1, -0.2]], 8],
  ])('are the same again: %s', (_, vectors, size) => {
    const packed = packVectors(vectors) ?? '';
    const [count, dimensions] = [vectors.length, vectors[0]?.length ?? 0];
    expect(Buffer.from(packed.split(',')[1] ?? '', 'base64')).toHaveLength(count * dimensions * size);
    expect(unpackVectors({ count, dimensions, vectors: packed })).toEqual(vectors);
  });

  it('are of one length', () => {
    expect(packVectors([[1, 2], [3]])).toBeUndefined();
    expect(packVectors([])).toBeUndefined();
    expect(packVectors([[]])).toBeUndefined();
  });

  it.each<[unknown, number, number]>([
    [packVectors([[1, 2]]), 1, 3],
    [packVectors([[1, 2]]), 0, 0],
    [packVectors([[1, 2]]), Number.NaN, 2],
    ['data:application/octet-stream;base64,[redacted]', 1, 2],
    [{ $blob: {} }, 1, 2],
    [undefined, 1, 2],
  ])('%j are not read as %d of %d', (vectors, count, dimensions) => {
    expect(unpackVectors({ count, dimensions, vectors: vectors as string })).toBeUndefined();
  });
});
