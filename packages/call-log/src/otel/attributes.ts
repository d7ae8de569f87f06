import type { JsonObject, JsonValue } from '../schema/json.ts';

/** Deeper names than any convention has; what is below is left out. */
const MAX_DEPTH = 32;

type Branch = Map<string, Branch | JsonValue>;

/**
 * A span's attributes by type: what is missing or of another type is `undefined`; of several names the first that fits
 * counts. Remembers what it has been asked for, so that nothing of the rest gets lost.
 */
export class Attributes {
  readonly #values: { readonly [name: string]: JsonValue };
  readonly #read = new Set<string>();

  constructor(values: { readonly [name: string]: JsonValue }) {
    this.#values = values;
  }

  get names(): string[] {
    return Object.keys(this.#values);
  }

  /** What nobody has asked for. */
  unread(): JsonObject {
    return Object.fromEntries(Object.entries(this.#values).filter(([name]) => !this.#read.has(name)));
  }

  value(name: string): JsonValue | undefined {
    this.#read.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  text(...names: string[]): string | undefined {
    return this.#first(names, (value) => (typeof value === 'string' && value !== '' ? value : undefined));
  }

  /** A number, or the decimal text that OTLP makes of a 64-bit integer. */
  number(...names: string[]): number | undefined {
    return this.#first(names, (value) => {
      if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) return undefined;
      const number = typeof value === 'string' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    });
  }

  /** The value behind JSON text; text that is no JSON is itself. */
  json(...names: string[]): JsonValue | undefined {
    return this.#first(names, parsed);
  }

  /** The objects of a list, of its JSON text, or of a list of JSON texts. */
  objects(...names: string[]): JsonObject[] {
    const value = this.json(...names);
    return (Array.isArray(value) ? value : []).map(parsed).filter(isObject);
  }

  /** The value that stands flattened under a name: `a.0.b`, `a.0.c` → `[{ b, c }]`. */
  nested(prefix: string): JsonValue | undefined {
    const root: Branch = new Map();
    for (const name of this.names) {
      const path = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1).split('.') : [];
      if (path.length > 0 && path.length <= MAX_DEPTH) grow(root, path, this.value(name) ?? null);
    }
    return root.size === 0 ? undefined : toValue(root);
  }

  /** The objects of a list that stands flattened under a name. */
  nestedObjects(prefix: string): JsonObject[] {
    const value = this.nested(prefix);
    return Array.isArray(value) ? value.filter(isObject) : [];
  }

  #first<T>(names: string[], read: (value: JsonValue) => T | undefined): T | undefined {
    // All of them are asked for: the others say the same in other words.
    const values = names.map((name) => this.value(name));
    for (const value of values) {
      const found = value === undefined || value === null ? undefined : read(value);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The value behind JSON text; anything else is itself. */
export function parsed(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that is text. */
export function textOf(holder: JsonValue | undefined, field: string): string | undefined {
  const value = isObject(holder) && Object.hasOwn(holder, field) ? holder[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function grow(root: Branch, path: string[], value: JsonValue): void {
  let branch = root;
  for (const step of path.slice(0, -1)) {
    const known = branch.get(step);
    const next: Branch = known instanceof Map ? known : new Map();
    branch.set(step, next);
    branch = next;
  }
  const last = path.at(-1) ?? '';
  if (!(branch.get(last) instanceof Map)) branch.set(last, value);
}

/** A branch whose steps are all numbers is a list, in their order; gaps close. */
function toValue(branch: Branch): JsonValue {
  const entries = [...branch].map(([step, child]): [string, JsonValue] => [
    step,
    child instanceof Map ? toValue(child) : child,
  ]);
  if (entries.some(([step]) => !/^\d+$/.test(step))) return Object.fromEntries(entries);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}
