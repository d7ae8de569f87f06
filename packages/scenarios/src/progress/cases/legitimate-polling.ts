import { type LegitimateCase, nth, say, times, use } from './labelled-case.ts';

const instant = (i: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, i * 7)).toISOString();
const poll = (result: (i: number) => unknown, given: unknown = { job: 1 }, count = 12) =>
  times(count, (i) => [use('a', 'status', given, result(i))]);

/** The same tool is asked the same, and what it answers moves. */
export const legitimatePolling: readonly LegitimateCase[] = [
  { name: 'a percentage', turns: poll((i) => ({ state: 'running', percent: i * 8 })) },
  { name: 'a percentage in words', turns: poll((i) => `${i * 8}% done`) },
  { name: 'a queue that gets shorter', turns: poll((i) => ({ waiting: 30 - i })) },
  { name: 'a queue that gets longer and shorter', turns: poll((i) => ({ waiting: 3 + (i % 2) }), {}, 30) },
  {
    name: 'a queue that goes up and down with talk between',
    turns: times(15, (i) => [say('boss>a', 'And now?'), use('a>boss', 'length', {}, `${nth([4, 5, 6], i)}`)]),
  },
  {
    name: 'a log that grows',
    turns: poll((i) => Array.from({ length: i + 1 }, (_, n) => `line ${n}`).join('\n')),
  },
  {
    name: 'jobs taken from a queue',
    turns: poll((i) => ({ job: `0f8fad5b-d9cb-469f-a165-7086772895${10 + i}` }), {}),
  },
  { name: 'a clock', turns: poll((i) => instant(i), {}) },
  { name: 'a clock with a field', turns: poll((i) => ({ now: instant(i) }), {}) },
  { name: 'a clock in a sentence', turns: poll((i) => `The current time is ${instant(i)}`, {}) },
  { name: 'a countdown', turns: poll((i) => `00:0${9 - (i % 10)}:00 left`, {}, 10) },
  { name: 'a price that moves', turns: poll((i) => ({ usd: 100 + Math.sin(i), at: instant(i) })) },
  { name: 'seconds that have passed', turns: poll((i) => ({ state: 'building', elapsed_s: i * 5 })) },
  {
    name: 'a retry that works in the end',
    turns: [...times(4, () => [use('a', 'get', '/x', '503')]), use('a', 'get', '/x', '200 hello')],
  },
  {
    name: 'pending, and then there',
    turns: [
      ...times(4, () => [use('a', 'status', {}, 'pending')]),
      use('a', 'status', {}, 'done'),
      say('a>user', 'It is done.'),
    ],
  },
  { name: 'pages by their number', turns: times(20, (i) => [use('a', 'list', { page: i }, 'ten items')]) },
  {
    name: 'pages by a cursor',
    turns: times(20, (i) => [use('a', 'list', { after: `c${i}` }, { next: `c${i + 1}` })]),
  },
  {
    name: 'scrolling',
    turns: times(15, (i) => [
      say('boss>surfer', 'Continue to scroll down.'),
      use('surfer>boss', 'scroll', { by: 500 }, `the page from ${i * 500} on`),
    ]),
  },
  {
    name: 'scrolling, told in words',
    turns: times(15, (i) => [
      say('boss>surfer', 'Continue to scroll down.'),
      say('surfer>boss', `I scrolled down. The page is at ${i * 7}%.`),
    ]),
  },
  { name: 'many ports', turns: times(30, (i) => [use('a', 'scan', { port: 20 + i }, 'closed')]) },
  {
    name: 'many files with nothing in them',
    turns: times(30, (i) => [use('a', 'grep', { file: `f${i}.ts`, what: 'TODO' }, 'no match')]),
  },
  {
    name: 'ids of many digits',
    turns: times(12, (i) => [use('a', 'get', `{"id": 123456789012345678${10 + i}}`, 'gone')]),
  },
  { name: 'one backs off', turns: times(12, (i) => [use('a', 'wait', { seconds: 2 ** i }, 'waited')]) },
  {
    name: 'a game that is watched',
    turns: times(15, (i) => [
      use('a', 'score', {}, `${Math.floor(i / 4)}:${Math.floor(i / 6)} minute ${i * 6}`),
    ]),
  },
];
