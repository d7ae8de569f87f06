/** One thing that a call or message has to be. */
export type Term =
  | { type: 'text'; text: string; not: boolean }
  | { type: 'field'; field: TextField; value: string; isExact: boolean; not: boolean }
  | { type: 'number'; field: NumberField; compare: Compare; value: number; not: boolean };

const TEXT_FIELDS = ['agent', 'from', 'to', 'model', 'provider', 'status', 'error', 'tool', 'id'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** With the units that may stand behind their numbers, and what each is in the page's own. */
const NUMBER_FIELDS = {
  cost: {},
  tokens: { k: 1_000, m: 1_000_000 },
  duration: { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
  attempts: {},
} as const;
export type NumberField = keyof typeof NUMBER_FIELDS;

export type Compare = '<' | '>' | '=';

/** What was typed, understood; `problems` says what was not, and is searched for as text all the same. */
export interface Query {
  terms: Term[];
  problems: string[];
}

/** `-` in front, a field with its sign, then a value, in quotes where it has spaces; `\"` is a quote between them. */
const TERM = /(-?)(?:([a-z]+)([:<>=]))?(?:"((?:\\.|[^"\\])*)"?|(\S+))/gis;

/**
 * Reads a search: words that have to occur, `agent:planner`, `status:error`, `cost>0.01`, `duration>2s`, `-word` for
 * what must not, `"two words"` for what belongs together, `agent=planner` for nobody whose name only has that in it.
 * All of them have to hold.
 */
export function parseQuery(typed: string): Query {
  const query: Query = { terms: [], problems: [] };
  for (const [whole, minus, field, sign, quoted, bare] of typed.matchAll(TERM)) {
    const not = minus === '-';
    const value = quoted?.replace(/\\(.)/gs, '$1') ?? bare ?? '';
    const term = field === undefined ? undefined : fieldTerm(field.toLowerCase(), sign ?? ':', value, not);
    if (typeof term === 'string') query.problems.push(term);
    if (typeof term === 'object') query.terms.push(term);
    else {
      const text = (field === undefined ? value : whole.replace(/^-/, '')).toLowerCase();
      if (text !== '') query.terms.push({ type: 'text', text, not });
    }
  }
  return query;
}

/** `from=planner`: what {@link parseQuery} reads as that field being exactly that, whatever is in the value. */
export function exactTerm(field: TextField, value: string): string {
  const isPlain = /^[^\s"][^\s]*$/.test(value);
  return `${field}=${isPlain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}

/** A term; a message when the value does not fit the field; nothing when it is no field at all. */
function fieldTerm(field: string, sign: string, value: string, not: boolean): Term | string | undefined {
  const text = TEXT_FIELDS.find((known) => known === field);
  if (text !== undefined) {
    if (sign !== ':' && sign !== '=') return `${field} cannot be compared with ${sign}`;
    const isExact = sign === '=';
    return { type: 'field', field: text, value: isExact ? value : value.toLowerCase(), isExact, not };
  }
  if (!isNumberField(field)) return undefined;
  const number = readNumber(value, NUMBER_FIELDS[field]);
  if (number === undefined)
    return `${field} needs a number, such as ${field}>${field === 'duration' ? '2s' : '1'}`;
  return { type: 'number', field, compare: sign === '<' || sign === '>' ? sign : '=', value: number, not };
}

function isNumberField(field: string): field is NumberField {
  return Object.hasOwn(NUMBER_FIELDS, field);
}

function readNumber(value: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number, unit = ''] = /^\$?(\d+(?:\.\d+)?|\.\d+)([a-z]*)$/i.exec(value) ?? [];
  if (number === undefined) return undefined;
  if (unit === '') return Number(number);
  const factor = Object.entries(units).find(([known]) => known === unit.toLowerCase())?.[1];
  return factor === undefined ? undefined : Number(number) * factor;
}
