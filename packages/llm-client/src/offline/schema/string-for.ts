import { makeFormat } from './formats.ts';
import type { Words } from './words.ts';

/** How many of the strings so far went to each kind, so that the second city is the second place named. */
export type Counts = Map<string, number>;

/**
 * A plausible text for a field, by its name: what the request names where it names something, else words of the field it
 * is about.
 */
export function stringFor(name: string, words: Words, counts: Counts): string {
  const { facts } = words;
  const parts = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  const next = (items: readonly string[], kind: string) => {
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return items[Math.min(count, items.length - 1)];
  };
  for (const [pattern, make] of kinds) {
    if (!pattern.test(parts)) continue;
    return make(words, next) || words.thing();
  }
  return next(facts.quotes, 'quote') ?? capitalise(words.thing());
}

type Next = (items: readonly string[], kind: string) => string | undefined;
type Kind = readonly [RegExp, (words: Words, next: Next) => string | undefined];

const format = (name: string, words: Words) => makeFormat(name, words.random);
const PLACES = ['Lisbon', 'Nairobi', 'Oslo', 'Kyoto', 'Lima'];
const PEOPLE = ['Ada', 'Grace', 'Alan', 'Mary', 'Katherine'];

const kinds: readonly Kind[] = [
  [/\be-?mail/, (words, next) => next(words.facts.emails, 'email') ?? format('email', words)],
  [/\b(?:ur[li]|link|website|href)/, (words, next) => next(words.facts.urls, 'url') ?? format('uri', words)],
  [/\b(?:path|file|file ?name)\b/, (words, next) => next(words.facts.files, 'file') ?? 'notes.txt'],
  [/\b(?:uu)?id\b/, (words) => format('uuid', words)?.slice(0, 8)],
  [
    /\b(?:date|day|deadline|due)\b/,
    (words, next) => next(words.facts.dates, 'date') ?? format('date', words),
  ],
  [/\btime\b/, (words) => format('time', words)?.slice(0, 5)],
  [
    /\b(?:expression|formula|equation|calculation|math)/,
    ({ facts }, next) => facts.expression ?? next(facts.quotes, 'quote') ?? facts.request,
  ],
  [
    /\b(?:query|search|q|prompt|request|keywords?|input)\b/,
    ({ facts }, next) => next(facts.quotes, 'quote') ?? clip(facts.request),
  ],
  [
    /\b(?:location|time ?zone|city|cities|place|country|destination|origin|address|region|town)/,
    (words, next) => next(words.facts.names, 'name') ?? words.one(PLACES),
  ],
  [
    /\b(?:person|author|recipient|assignee|owner|user|customer|first name|last name|full name|who)\b/,
    (words, next) => next(words.facts.names, 'name') ?? words.one(PEOPLE),
  ],
  [/\blanguage\b/, () => 'en'],
  [/\bcurrency\b/, () => 'EUR'],
  [/\bunits?\b/, () => 'metric'],
  [
    /\b(?:steps?|tasks?|actions?|instructions?|todos?|recommendations?)\b/,
    (words) => capitalise(words.step()),
  ],
  [/\b(?:ideas?|suggestions?|proposals?|options?|alternatives?)\b/, (words) => capitalise(words.idea())],
  [
    /\b(?:reason(?:s|ing)?|why|rationale|justification|explanation|cause|thoughts?)\b/,
    (words) => sentence(words.reason()),
  ],
  [
    /\b(?:risks?|problems?|issues?|concerns?|weakness(?:es)?|drawbacks?|cons?)\b/,
    (words) => capitalise(words.risk()),
  ],
  [/\b(?:metrics?|criteri(?:on|a)|success|outcomes?|measures?)\b/, (words) => capitalise(words.measure())],
  [/\bquestions?\b/, (words) => words.question()],
  [/\b(?:audience|people|users|stakeholders?)\b/, (words) => words.people()],
  [
    /\b(?:title|headline|subject|heading|topic|theme|goals?|objectives?)\b/,
    (words) => capitalise(words.topic),
  ],
  [
    /\b(?:content|body|message|text|notes?)\b/,
    (words, next) => next(words.facts.quotes, 'quote') ?? words.prose(),
  ],
  [
    /\b(?:summary|description|answer|reply|response|comment|overview|abstract|conclusion|feedback)\b/,
    (words) => words.prose(),
  ],
  [
    /\bname\b/,
    (words, next) =>
      next(words.facts.names, 'name') ?? next(words.facts.quotes, 'quote') ?? capitalise(words.thing()),
  ],
];

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentence(text: string): string {
  return `${capitalise(text)}.`;
}

function clip(text: string): string {
  return text.slice(0, 200);
}
