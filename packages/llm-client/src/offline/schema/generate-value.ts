import type { ChatMessage } from '../chat-request.ts';
import { isFields } from '../fields.ts';
import { makeFormat } from './formats.ts';
import { fromPattern } from './from-pattern.ts';
import { flatten, typesOf } from './json-schema.ts';
import { ENDLESS, misfit } from './misfit.ts';
import { numberFor } from './number-for.ts';
import { type Counts, stringFor } from './string-for.ts';
import { Words } from './words.ts';

/** From here on only what is required is made, and as little of it as may be: a schema may contain itself. */
const DEEP = 5;
/** Here it is given up. */
const TOO_DEEP = 40;
/** How often it is tried again with other luck, before a schema counts as one that cannot be followed. */
const TRIES = 20;
/** From here on as if it were deep, and here it is given up: what contains itself twice grows fast. */
const MANY_VALUES = 2_000;
const MOST_VALUES = 10_000;
const USUAL_ITEMS = 3;
const MOST_ITEMS = 1_000;
const LONGEST_TEXT = 20_000;

/** A value of a schema, or what is in the way of one. */
export type Generated = { value: unknown } | { problem: string };

/**
 * Makes a value that fits a JSON schema, out of what was asked. Every value is checked against the schema before it is
 * given away. Same messages and seeds, same value.
 */
export function generateValue(
  schema: unknown,
  messages: readonly ChatMessage[],
  seeds: readonly string[],
): Generated {
  let problem = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const words = new Words(messages, attempt === 0 ? seeds : [...seeds, `${attempt}`]);
    try {
      const value = new Generator(schema, words).make(schema, '', 0);
      const found = misfit(value, schema, schema);
      if (found === undefined) return { value };
      problem = found;
      if (problem.endsWith(ENDLESS)) break;
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error;
      // Luck has no part in it: the next try would end the same way.
      return { problem: error.message };
    }
  }
  return { problem };
}

class Unsatisfiable extends Error {
  /** Whether another choice further up may still help. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal = false) {
    super(message);
    this.isFinal = isFinal;
  }
}

type Schema = Record<string, unknown>;

class Generator {
  readonly #root: unknown;
  readonly #words: Words;
  readonly #counts: Counts = new Map();
  readonly #numbers: number[];
  #made = 0;

  constructor(root: unknown, words: Words) {
    this.#root = root;
    this.#words = words;
    this.#numbers = [...words.facts.numbers];
  }

  /** @param name of the field the value is for; an item of a list goes by the name of the list */
  make(given: unknown, name: string, depth: number): unknown {
    if (depth > TOO_DEEP) throw new Unsatisfiable(ENDLESS);
    if (this.#made++ > MOST_VALUES) throw new Unsatisfiable(ENDLESS, true);
    const schema = flatten(given, this.#root);
    if (schema === false) throw new Unsatisfiable(`nothing is allowed for ${JSON.stringify(name)}`);
    if (schema === true) return stringFor(name, this.#words, this.#counts);
    if ('const' in schema) return schema.const;
    if (Array.isArray(schema.enum)) {
      const { enum: _, ...others } = schema;
      const allowed = schema.enum.filter((option) => misfit(option, others, this.#root) === undefined);
      if (allowed.length === 0) throw new Unsatisfiable(`no choice for ${JSON.stringify(name)}`);
      return this.#choose(allowed);
    }
    const { anyOf, oneOf, ...rest } = schema;
    const options = Array.isArray(anyOf) ? anyOf : oneOf;
    if (Array.isArray(options)) return this.#firstOf(options, rest, name, depth);
    return this.#ofType(this.#typeOf(schema, depth), schema, name, depth);
  }

  #ofType(type: string, schema: Schema, name: string, depth: number): unknown {
    switch (type) {
      case 'object':
        return this.#object(schema, name, depth);
      case 'array':
        return this.#array(schema, name, depth);
      case 'integer':
      case 'number':
        return this.#number({ ...schema, type }, name);
      case 'boolean':
        return this.#words.random() < 0.5;
      case 'null':
        return null;
      default:
        return this.#string(schema, name);
    }
  }

  #isDeep(depth: number): boolean {
    return depth > DEEP || this.#made > MANY_VALUES;
  }

  /** Anything rather than `null`, until it gets deep. */
  #typeOf(schema: Schema, depth: number): string {
    const types = typesOf(schema);
    if (this.#isDeep(depth) && types.includes('null')) return 'null';
    return types.find((type) => type !== 'null') ?? types[0] ?? 'string';
  }

  /** One that occurs in the request, or any. */
  #choose(options: readonly unknown[]): unknown {
    const request = this.#words.facts.request.toLowerCase();
    const named = options.find(
      (option) =>
        typeof option === 'string' &&
        option !== '' &&
        new RegExp(`(?<![\\p{L}\\d])${quotePattern(option.toLowerCase())}(?![\\p{L}\\d])`, 'u').test(request),
    );
    return named ?? this.#words.one(options.filter((option) => option !== null)) ?? options[0];
  }

  #firstOf(options: readonly unknown[], rest: Schema, name: string, depth: number): unknown {
    const isNull = (option: unknown) => isFields(option) && option.type === 'null';
    const weight = (option: unknown) => (isNull(option) === this.#isDeep(depth) ? 0 : 1);
    const start = Math.floor(this.#words.random() * options.length);
    const turned = this.#isDeep(depth)
      ? options
      : options.map((_, i) => options[(start + i) % options.length]);
    let problem: unknown;
    for (const option of turned.toSorted((a, b) => weight(a) - weight(b))) {
      try {
        return this.make({ allOf: [rest, option] }, name, depth + 1);
      } catch (error) {
        if (!(error instanceof Unsatisfiable) || error.isFinal) throw error;
        problem = error;
      }
    }
    throw problem ?? new Unsatisfiable(`no choice for ${JSON.stringify(name)}`);
  }

  #object(schema: Schema, name: string, depth: number): Schema {
    const properties = isFields(schema.properties) ? schema.properties : {};
    const required = Array.isArray(schema.required)
      ? schema.required.filter((key) => typeof key === 'string')
      : [];
    const { additionalProperties, minProperties, maxProperties, propertyNames } = schema;
    const most = typeof maxProperties === 'number' ? maxProperties : Number.POSITIVE_INFINITY;
    const keys = new Set(required);
    for (const key of Object.keys(properties))
      if (!this.#isDeep(depth) && keys.size < most && properties[key] !== false) keys.add(key);
    const least = typeof minProperties === 'number' ? minProperties : 0;
    const isRecord =
      Object.keys(properties).length === 0 &&
      additionalProperties !== undefined &&
      additionalProperties !== false;
    const wanted = Math.min(most, Math.max(least, isRecord && !this.#isDeep(depth) ? 2 : 0));
    for (let i = 0; keys.size < wanted && i < wanted + TRIES; i++)
      keys.add(
        propertyNames === undefined
          ? this.#words.thing().replace(/^(?:the|an?) /, '')
          : String(this.make(propertyNames, 'key', depth + 1)),
      );
    const entries = [...keys].map((key): [string, unknown] => {
      const own = Object.hasOwn(properties, key)
        ? properties[key]
        : (this.#patternFor(key, schema) ?? additionalProperties);
      return [key, this.make(own, nameOf(key, name), depth + 1)];
    });
    return Object.fromEntries(entries);
  }

  #patternFor(key: string, { patternProperties }: Schema): unknown {
    if (!isFields(patternProperties)) return undefined;
    return Object.entries(patternProperties).find(([pattern]) => {
      try {
        return new RegExp(pattern, 'u').test(key);
      } catch {
        return false;
      }
    })?.[1];
  }

  #array(schema: Schema, name: string, depth: number): unknown[] {
    const { prefixItems, items, minItems, maxItems, uniqueItems, contains } = schema;
    const first = Array.isArray(prefixItems) ? prefixItems : [];
    const least = typeof minItems === 'number' ? minItems : 0;
    // A plan whose steps wait for nothing can always be carried out.
    const isOrder = /depend|prerequisite|blocked|parents/i.test(name);
    const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
    const usual =
      items === false || (items === undefined && first.length > 0)
        ? first.length
        : Math.max(USUAL_ITEMS, first.length);
    if (least > MOST_ITEMS)
      throw new Unsatisfiable(`${JSON.stringify(name)} is to have more than ${MOST_ITEMS} items`);
    const count = Math.min(
      most,
      Math.max(least, this.#isDeep(depth) || isOrder ? 0 : usual, contains === undefined ? 0 : 1),
      MOST_ITEMS,
    );
    const found: unknown[] = [];
    const seen = new Set<string>();
    for (let tries = 0; found.length < count && tries < count * TRIES; tries++) {
      const i = found.length;
      const item = this.make(
        i < first.length
          ? first[i]
          : i === 0 && contains !== undefined
            ? { allOf: [contains, items ?? true] }
            : items,
        name,
        depth + 1,
      );
      const key = JSON.stringify(item);
      if (uniqueItems === true && seen.has(key)) continue;
      seen.add(key);
      found.push(item);
    }
    return found;
  }

  #number(schema: Schema, name: string): number {
    // Things that are referred to by number need one each.
    if (/^(?:id|index|number|order|position)$/i.test(name)) {
      const next = (this.#counts.get('id') ?? 0) + 1;
      this.#counts.set('id', next);
      if (misfit(next, schema, this.#root) === undefined) return next;
    }
    const value = numberFor(schema, name, this.#numbers, this.#words.random);
    if (value === undefined) throw new Unsatisfiable(`no number for ${JSON.stringify(name)}`);
    return value;
  }

  #string({ format, pattern, minLength, maxLength }: Schema, name: string): string {
    if (typeof pattern === 'string') return fromPattern(pattern, this.#words.random);
    const { emails, urls, dates } = this.#words.facts;
    const known = { email: emails, uri: urls, url: urls, date: dates }[String(format)]?.[0];
    const made = typeof format === 'string' ? (known ?? makeFormat(format, this.#words.random)) : undefined;
    if (made !== undefined) return made;
    const least = typeof minLength === 'number' ? minLength : 0;
    if (least > LONGEST_TEXT)
      throw new Unsatisfiable(`${JSON.stringify(name)} is to be longer than ${LONGEST_TEXT}`);
    const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
    let text = stringFor(name, this.#words, this.#counts);
    // A character takes at least one unit: what is counted is at most what is there.
    while (text.length < least || [...text].length < least) text += ` ${this.#words.prose()}`;
    if ([...text].length <= most) return text;
    const cut = [...text].slice(0, most).join('');
    const atWord = cut.replace(/\s+\S*$/, '');
    return [...atWord].length >= least ? atWord : cut;
  }
}

/** The description of a task is a task, and the title of an idea is an idea. */
function nameOf(key: string, parent: string): string {
  const isPart = /^(?:description|title|name|content|text|details?|summary)$/i.test(key);
  return isPart && PLURALS.test(parent) ? parent : key;
}

const PLURALS =
  /(?:tasks|steps|actions|todos|ideas|risks|questions|options|suggestions|recommendations|reasons)$/i;

function quotePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
