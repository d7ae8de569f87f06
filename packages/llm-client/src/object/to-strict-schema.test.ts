import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toJsonSchema } from './to-json-schema.ts';
import { toStrictSchema } from './to-strict-schema.ts';

const strict = (schema: z.ZodType) => toStrictSchema(toJsonSchema(schema));

describe('toStrictSchema', () => {
  it('closes objects, requires everything, and makes nullable what was optional', () => {
    const inner = z.object({ x: z.int().min(0).optional() });
    const schema = z.object({
      a: z.string(),
      b: inner.optional(),
      c: z.array(inner),
      d: z.number().default(3),
    });
    const object = {
      type: 'object',
      properties: { x: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] } },
      required: ['x'],
      additionalProperties: false,
    };
    expect(strict(schema)).toEqual({
      type: 'object',
      properties: {
        a: { type: 'string' },
        b: { anyOf: [object, { type: 'null' }] },
        c: { type: 'array', items: object },
        d: { anyOf: [{ type: 'number' }, { type: 'null' }] },
      },
      required: ['a', 'b', 'c', 'd'],
      additionalProperties: false,
    });
  });

  it('says a choice of one as a choice of any', () => {
    const schema = z.object({
      u: z.discriminatedUnion('t', [
        z.object({ t: z.literal('x'), n: z.number() }),
        z.object({ t: z.literal('y') }),
      ]),
    });
    expect(strict(schema)).toMatchObject({
      properties: {
        u: { anyOf: [{ additionalProperties: false, required: ['t', 'n'] }, { required: ['t'] }] },
      },
    });
    expect(JSON.stringify(strict(schema))).not.toContain('oneOf');
  });

  it('keeps references, with nothing beside them', () => {
    const node = z.object({ name: z.string().meta({ title: 'Name' }) }).meta({ id: 'Node' });
    expect(strict(z.object({ a: node, b: node.describe('the other') }))).toMatchObject({
      properties: { a: { $ref: '#/$defs/Node' }, b: { $ref: '#/$defs/Node' } },
      $defs: { Node: { additionalProperties: false } },
    });
    const tree = z.object({
      value: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    expect(strict(tree)).toMatchObject({ properties: { children: { items: { $ref: '#' } } } });
  });

  it('keeps the formats and patterns it knows', () => {
    const schema = z.object({
      a: z.iso.date(),
      b: z.url(),
      c: z.string().regex(/^a+$/),
      d: z.string().regex(/^(?=a)/),
    });
    const { properties } = strict(schema) as { properties: Record<string, object> };
    expect(properties.a).toMatchObject({ format: 'date' });
    expect(properties.b).toEqual({ type: 'string' });
    expect(properties.c).toEqual({ type: 'string', pattern: '^a+$' });
    expect(properties.d).toEqual({ type: 'string' });
  });

  it.each([
    ['a record', z.object({ a: z.record(z.string(), z.number()) })],
    ['a tuple', z.object({ a: z.tuple([z.string(), z.number()]) })],
    ['anything at all', z.object({ a: z.unknown() })],
    ['an open object', z.looseObject({ a: z.string() })],
  ])('does not pretend to say %s', (_, schema) => {
    expect(strict(schema)).toBeUndefined();
  });
});
