import { expect, it } from 'vitest';
import type { Deployment } from '../routing/deployment.ts';
import { cacheKey } from './cache-key.ts';

const target = { provider: 'p', baseURL: 'http://p' } as Deployment;

it('is the same for the same request, whatever the order of its keys and whether it is streamed', () => {
  expect(
    cacheKey('chat', target, { model: 'm', stream: true, stream_options: {}, tools: [{ a: 1, b: 2 }] }),
  ).toBe(cacheKey('chat', target, { tools: [{ b: 2, a: 1 }], model: 'm' }));
});

it('differs with everything else', () => {
  const bodies = [
    { a: [1, 2] },
    { a: [2, 1] },
    { a: { x: 1, y: 2 } },
    { a: [{ x: 1 }, { y: 2 }] },
    { a: [['x', 1]] },
    { a: { fields: [['x', 1]] } },
    { a: { x: 1 } },
    { a: 'sk-one-secret-key-abcdefghijklmnop' },
    { a: 'sk-two-secret-key-abcdefghijklmnop' },
    JSON.parse('{"a":{"__proto__":1}}'),
    { a: {} },
  ];
  const keys = bodies.map((body) => cacheKey('chat', target, body));
  keys.push(
    cacheKey('chat', { ...target, baseURL: 'http://q' }, { a: {} }),
    cacheKey('chat', { ...target, provider: 'q' }, { a: {} }),
    cacheKey('responses', target, { a: {} }),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
