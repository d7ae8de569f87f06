import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validate } from './validate.ts';

describe('validate', () => {
  it('gives the value as the schema makes it', async () => {
    const schema = z.object({ a: z.string().transform((text) => text.length) });
    expect(await validate(schema, { a: 'four' })).toEqual({ ok: true, value: { a: 4 } });
  });

  it('reads a null for something optional as absent, however deep', async () => {
    const inner = z.object({ x: z.string().optional(), keep: z.null() });
    const schema = z.object({ a: z.array(inner), b: z.union([z.number(), inner]), c: z.number().default(3) });
    const value = { a: [{ x: null, keep: null }], b: { x: null, keep: null }, c: null };
    expect(await validate(schema, value)).toEqual({
      ok: true,
      value: { a: [{ keep: null }], b: { keep: null }, c: 3 },
    });
    expect(value.c).toBeNull();
  });

  it('says what is wrong with the value as it was', async () => {
    const schema = z.object({ a: z.string(), b: z.object({ c: z.number() }) });
    expect(await validate(schema, { a: null, b: { c: 'x' } })).toMatchObject({
      ok: false,
      issues: [{ path: ['a'] }, { path: ['b', 'c'], message: expect.stringContaining('number') }],
    });
  });

  it('waits for refinements', async () => {
    const schema = z.string().refine(async (text) => text === 'yes');
    expect(await validate(schema, 'yes')).toMatchObject({ ok: true });
    expect(await validate(schema, 'no')).toMatchObject({ ok: false });
  });

  it.each([[null], [undefined], [[null]], [JSON.parse('{"__proto__":null,"constructor":null}')]])(
    'takes nonsense: %j',
    async (value) => {
      const schema = z.strictObject({ a: z.object({ b: z.string() }) });
      expect(await validate(schema, value)).toMatchObject({ ok: false });
    },
  );
});
