import { describe, expect, it } from 'vitest';
import { decodeEmbedding, embeddingsShape } from './embeddings.ts';

const base64 = Buffer.from(new Float32Array([0.5, -2]).buffer).toString('base64');

describe('an embedding on the wire', () => {
  it('is numbers or base64', () => {
    expect(decodeEmbedding([0.5, -2])).toEqual([0.5, -2]);
    expect(decodeEmbedding(base64)).toEqual([0.5, -2]);
  });

  it.each([[[]], [['a']], ['abc'], [''], [null], [undefined], [{}]])('is not %j', (value) => {
    expect(decodeEmbedding(value)).toBeUndefined();
  });

  it('has a shape, whichever way it is written', () => {
    expect(embeddingsShape([{ embedding: [1, 2, 3] }, { embedding: [1, 2, 3] }])).toEqual({
      count: 2,
      dimensions: 3,
    });
    expect(embeddingsShape([{ embedding: base64 }])).toEqual({ count: 1, dimensions: 2 });
    expect(embeddingsShape([])).toBeUndefined();
    expect(embeddingsShape([null])).toBeUndefined();
    expect(embeddingsShape('no')).toBeUndefined();
  });
});
