import type { Random } from '../random.ts';

interface Format {
  fits: RegExp;
  make: (random: Random) => string;
}

const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const hex = (random: Random, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
const two = (random: Random, from: number, to: number) =>
  `${from + Math.floor(random() * (to - from + 1))}`.padStart(2, '0');
const date = (random: Random) => `2026-${two(random, 1, 12)}-${two(random, 1, 28)}`;
const time = (random: Random) => `${two(random, 0, 23)}:${two(random, 0, 59)}:${two(random, 0, 59)}Z`;

/**
 * The formats that OpenAI's structured outputs know, and those that schemas of other people use most.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 */
const formats: Readonly<Record<string, Format>> = {
  'date-time': {
    fits: /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/,
    make: (random) => `${date(random)}T${time(random)}`,
  },
  date: { fits: /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])$/, make: date },
  time: { fits: /^\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/, make: time },
  duration: {
    fits: /^P(?=\d|T\d)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/,
    make: (random) => `PT${two(random, 10, 55)}M`,
  },
  email: {
    fits: /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/,
    make: (random) => `someone.${hex(random, 4)}@example.com`,
  },
  hostname: {
    fits: /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i,
    make: (random) => `host-${hex(random, 4)}.example.com`,
  },
  ipv4: {
    fits: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
    make: (random) => `192.0.2.${1 + Math.floor(random() * 254)}`,
  },
  ipv6: { fits: /^[\da-f:]{2,}(?:%.+)?$/i, make: (random) => `2001:db8::${hex(random, 4)}` },
  uri: { fits: /^[a-z][a-z\d+.-]*:\S+$/i, make: (random) => `https://example.com/${hex(random, 6)}` },
  uuid: {
    fits: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
    make: (random) =>
      `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 8)}${digits(random, 4)}`,
  },
};

/** Whether a text is of that format; true for one that is not known here, as JSON Schema has it. */
export function fitsFormat(text: string, format: string): boolean {
  return formatOf(format)?.fits.test(text) ?? true;
}

/** A text of that format; `undefined` for one that is not known here. Names and addresses are those kept for examples. */
export function makeFormat(format: string, random: Random): string | undefined {
  return formatOf(format)?.make(random);
}

function formatOf(format: string): Format | undefined {
  const known = { url: 'uri', iri: 'uri', 'uri-reference': 'uri' }[format] ?? format;
  return Object.hasOwn(formats, known) ? formats[known] : undefined;
}
