import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../chat-request.ts';
import { generateValue } from './generate-value.ts';
import { misfit } from './misfit.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
// Its types say a namespace where the module has a function. @see https://github.com/ajv-validator/ajv-formats/issues/85
(formatsModule as unknown as (ajv: Ajv2020) => void)(ajv);

const say = (text: string): ChatMessage[] => [{ role: 'user', text, name: undefined }];
const ask = say('How can we make a city quieter?');

/** Judged by somebody else's validator. */
function check(schema: object, messages = ask, seed = 's'): unknown {
  const made = generateValue(schema, messages, [seed]);
  if (!('value' in made)) throw new Error(`${made.problem} for ${JSON.stringify(schema)}`);
  const validate = ajv.compile(schema);
  expect(
    validate(made.value),
    `${JSON.stringify(made.value)} of ${JSON.stringify(schema)}: ${ajv.errorsText(validate.errors)}`,
  ).toBe(true);
  return made.value;
}

const text = fc
  .record({
    type: fc.constant('string'),
    minLength: fc.integer({ min: 0, max: 300 }),
    length: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ length, ...schema }) => ({ ...schema, maxLength: schema.minLength + length }));
const formatted = fc
  .constantFrom('date-time', 'date', 'time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid')
  .map((format) => ({ type: 'string', format }));
const patterned = fc
  .constantFrom(
    '^[A-Z]{2}-\\d{3,5}$',
    '^(red|green)( dark)?$',
    '[a-f0-9]{8}',
    '^\\w+@\\w+\\.com$',
    '^[^aeiou]+$',
    '^\\+?[1-9]\\d{1,14}$',
    '^v\\d+\\.\\d+(?:\\.\\d+)?$',
  )
  .map((pattern) => ({ type: 'string', pattern }));
const bounded = (type: 'number' | 'integer') =>
  fc
    .tuple(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.integer({ min: 3, max: 10_000 }),
      fc.constantFrom({}, { multipleOf: 0.5 }, { multipleOf: 2 }),
      fc.boolean(),
    )
    .map(([least, width, multiple, open]) => ({
      type,
      ...multiple,
      ...(open
        ? { exclusiveMinimum: least, exclusiveMaximum: least + width }
        : { minimum: least, maximum: least + width }),
    }));
const oneSided = fc
  .tuple(
    fc.constantFrom('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
    fc.integer({ min: -1e6, max: 1e6 }),
  )
  .map(([word, value]) => ({ type: 'number', [word]: value }));
const fixed = fc.oneof(
  fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }).map((options) => ({ enum: options })),
  fc.jsonValue().map((value) => ({ const: value })),
  fc.constantFrom(
    { type: 'boolean' },
    { type: 'null' },
    {},
    { type: ['string', 'null'] },
    { type: ['null', 'integer'] },
  ),
);
const key = fc.constantFrom(
  'title',
  'steps',
  'email',
  'city',
  'score',
  'reason',
  'tags',
  'nested',
  'x',
  'created_at',
);
const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    formatted,
    patterned,
    bounded('number'),
    bounded('integer'),
    oneSided,
    fixed,
    fc
      .tuple(
        fc.dictionary(key, tie('schema'), { maxKeys: 5, noNullPrototype: true }),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([properties, strict, all]) => ({
        type: 'object',
        properties,
        ...(strict && { additionalProperties: false }),
        ...(all && { required: Object.keys(properties) }),
      })),
    fc
      .tuple(tie('schema'), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
      .map(([items, minItems, more]) => ({ type: 'array', items, minItems, maxItems: minItems + more })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc
      .array(tie('schema'), { minLength: 1, maxLength: 3 })
      .map((prefixItems) => ({ type: 'array', prefixItems, items: false, minItems: prefixItems.length })),
  ),
}));

describe('a value', () => {
  it('fits any schema, in the judgement of another validator', () => {
    fc.assert(
      fc.property(schema, fc.string({ maxLength: 40 }), (each, seed) => void check(each, ask, seed)),
      { numRuns: 500 },
    );
  });

  it('is judged here as the other validator judges it', () => {
    fc.assert(
      fc.property(schema, fc.jsonValue(), (each, value) => {
        // The other one calls what it finds under these names.
        fc.pre(!/"(?:valueOf|toString)":/.test(JSON.stringify(value)));
        expect(misfit(value, each, each) === undefined, misfit(value, each, each)).toBe(
          ajv.compile(each)(value),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, object]>([
    [
      'a reference',
      {
        type: 'object',
        properties: { a: { $ref: '#/$defs/x' } },
        required: ['a'],
        $defs: { x: { type: 'integer', minimum: 3, maximum: 4 } },
      },
    ],
    [
      'itself',
      {
        $defs: {
          node: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              children: { type: 'array', items: { $ref: '#/$defs/node' } },
            },
            required: ['name', 'children'],
            additionalProperties: false,
          },
        },
        $ref: '#/$defs/node',
      },
    ],
    [
      'itself or nothing, strictly',
      {
        type: 'object',
        properties: { value: { type: 'number' }, next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
        required: ['value', 'next'],
        additionalProperties: false,
      },
    ],
    [
      'all of several',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { b: { const: 1 } }, required: ['b'] },
        ],
      },
    ],
    [
      'one of several',
      {
        oneOf: [
          { type: 'object', properties: { kind: { const: 'a' } }, required: ['kind'] },
          {
            type: 'object',
            properties: { kind: { const: 'b' }, n: { type: 'integer' } },
            required: ['kind', 'n'],
          },
        ],
      },
    ],
    ['a record', { type: 'object', additionalProperties: { type: 'number' }, minProperties: 3 }],
    [
      'named by pattern',
      {
        type: 'object',
        patternProperties: { '^x_': { type: 'integer' } },
        additionalProperties: false,
        required: ['x_a'],
      },
    ],
    ['different items', { type: 'array', items: { enum: [1, 2, 3, 4] }, minItems: 4, uniqueItems: true }],
    ['an item of a kind', { type: 'array', items: { type: 'integer' }, contains: { const: 7 }, minItems: 3 }],
    ['not that', { type: 'string', enum: ['a', 'b'], not: { const: 'a' } }],
    [
      'a condition',
      {
        type: 'object',
        properties: { a: { type: 'boolean' }, b: { type: 'string' } },
        required: ['a'],
        if: { properties: { a: { const: true } } },
        // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
        then: { required: ['b'] },
      },
    ],
    [
      'itself, many times over',
      {
        $defs: {
          node: {
            type: 'object',
            properties: Object.fromEntries([...'abcdefghij'].map((key) => [key, { $ref: '#/$defs/node' }])),
          },
        },
        $ref: '#/$defs/node',
      },
    ],
    ['nothing said', {}],
    ['long lists', { type: 'array', items: { type: 'string' }, minItems: 200 }],
    ['thirds', { type: 'number', minimum: 0.1, maximum: 0.12, multipleOf: 0.01 }],
    ['a narrow gap', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
  ])('fits %s', (_, each) => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) check(each, ask, seed);
  });

  it.each<[string, object]>([
    ['nothing', { type: 'object', properties: { a: false }, required: ['a'] }],
    ['a reference to nowhere', { $ref: '#/$defs/missing' }],
    ['another document', { $ref: 'https://example.com/schema.json' }],
    ['an endless one', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }],
    ['one that must contain itself', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
    [
      'two that must contain themselves',
      {
        anyOf: ['a', 'b', 'c'].map((key) => ({
          type: 'object',
          properties: { [key]: { $ref: '#' } },
          required: [key],
        })),
      },
    ],
    ['a circle', { anyOf: [{ $ref: '#' }, { $ref: '#' }] }],
    ['a circle beside a text', { oneOf: [{ type: 'string' }, { $ref: '#' }, { $ref: '#' }] }],
    ['a contradiction', { type: 'integer', minimum: 5, maximum: 4 }],
  ])('of %s is refused with its reason', (_, each) => {
    expect(generateValue(each, ask, ['s'])).toEqual({ problem: expect.stringMatching(/\w/) });
  });

  it('is the same for the same seed, and another for another', () => {
    const each = {
      type: 'object',
      properties: { title: { type: 'string' }, steps: { type: 'array', items: { type: 'string' } } },
    };
    expect(check(each)).toEqual(check(each));
    expect(check(each, ask, 'other')).not.toEqual(check(each));
  });

  it('is made of what was asked', () => {
    const trip = say(
      'Book a quick trip from Oslo to Rome on 2026-12-24 for 3 people, write to a@b.org and see https://x.test/y.',
    );
    const properties = Object.fromEntries(
      Object.entries({
        origin: {},
        destination: {},
        date: {},
        travellers: { type: 'integer' },
        email: { format: 'email' },
        link: {},
        speed: { enum: ['slow', 'quick'] },
      }).map(([name, more]) => [name, { type: 'string', ...more }]),
    );
    expect(check({ type: 'object', properties, required: Object.keys(properties) }, trip)).toEqual({
      origin: 'Oslo',
      destination: 'Rome',
      date: '2026-12-24',
      travellers: 3,
      email: 'a@b.org',
      link: 'https://x.test/y',
      speed: 'quick',
    });
  });

  it('is safe from a field called __proto__', () => {
    const each = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"const":{"polluted":1}}},"required":["__proto__"]}',
    );
    expect(JSON.stringify(generateValue(each, ask, ['s']))).toBe('{"value":{"__proto__":{"polluted":1}}}');
    expect({}).not.toHaveProperty('polluted');
  });

  it('survives schemas that are nonsense', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (nonsense) => {
        const made = generateValue(nonsense, ask, ['s']);
        expect('value' in made || 'problem' in made).toBe(true);
      }),
    );
    for (const odd of [
      { type: 7 },
      { properties: [] },
      { enum: [] },
      { required: 'x' },
      { items: 4 },
      { pattern: '(' },
      { minItems: 1e9 },
      { minLength: 1e9 },
      { anyOf: [] },
      { $ref: 7 },
    ])
      generateValue(odd, ask, ['s']);
  });
});
