import { type LegitimateCase, nth, say, times, use } from './labelled-case.ts';

const cities = ['Rome', 'Oslo', 'Lima', 'Cairo', 'Kyoto', 'Quito', 'Riga', 'Bern', 'Accra', 'Hanoi'] as const;

/** Steps that look alike and are not. */
export const legitimateWork: readonly LegitimateCase[] = [
  {
    name: 'steps by number',
    turns: times(20, (i) => [say('executor>boss', `Step ${i + 1} is done.`), say('boss>executor', 'Go on.')]),
  },
  {
    name: 'cities by name',
    turns: times(10, (i) => [say('boss>a', `And ${nth(cities, i)}?`), say('a>boss', 'No flight.')]),
  },
  {
    name: 'the same tool before each chapter',
    turns: times(10, (i) => [
      use('writer', 'get_outline', {}, 'one chapter for each city', `${nth(cities, i)} wakes early.`),
    ]),
  },
  {
    name: 'repairs until the tests pass',
    turns: times(8, (i) => [
      use('coder>tester', 'edit', { line: i }, 'ok'),
      use('tester>coder', 'run_tests', {}, '3 failed'),
    ]),
  },
  {
    name: 'one test after each step',
    turns: times(9, (i) => [
      say('boss>coder', `Now the ${nth(cities, i)} module.`),
      use('coder', 'edit', { file: nth(cities, i) }, 'ok'),
      use('coder>boss', 'run_tests', {}, 'all pass', 'Passed.'),
    ]),
  },
  { name: 'counting together', turns: times(30, (i) => [say(i % 2 ? 'a>b' : 'b>a', `${i}`)]) },
  {
    name: 'halving an interval',
    turns: times(12, (i) => [say('a>b', `Is it below ${2 ** (12 - i)}?`), say('b>a', 'Yes.')]),
  },
  {
    name: 'twenty questions',
    turns: times(10, (i) => [say('a>b', `Is it in ${nth(cities, i)}?`), say('b>a', 'No.')]),
  },
  {
    name: 'a checklist',
    turns: times(10, (i) => [say('pilot>copilot', `Item ${nth(cities, i)}`), say('copilot>pilot', 'Check.')]),
  },
  {
    name: 'a translation, line by line',
    turns: times(10, (i) => [
      say('a>b', `${nth(cities, i)} is a town.`),
      say('b>a', `${nth(cities, i)} ist eine Stadt.`),
    ]),
  },
  {
    name: 'votes on one thing after the other',
    turns: times(8, (i) => [
      say('chair', `Who is for ${nth(cities, i)}?`),
      say('a', 'For.'),
      say('b', 'Against.'),
      say('c', 'For.'),
    ]),
  },
  {
    name: 'the same vote by many',
    turns: Array.from({ length: 40 }, (_, i) => say(`voter-${i}>chair`, 'For.')),
  },
  {
    name: 'one tells many the same',
    turns: Array.from({ length: 40 }, (_, i) => say(`boss>worker-${i}`, 'Begin.')),
  },
  {
    name: 'many look up the same',
    turns: Array.from({ length: 40 }, (_, i) => use(`worker-${i}`, 'read_rules', {}, 'be kind')),
  },
  {
    name: 'fan out and in',
    turns: times(6, (i) => [
      say('boss', `Round ${i}`),
      ...['x', 'y', 'z'].map((who) => say(`${who}>boss`, `${who} found ${i * 3} items`)),
    ]),
  },
  {
    name: 'moves in a game',
    turns: times(14, (i) => [say(i % 2 ? 'white' : 'black', `${'abcdefg'[i % 7]}${1 + ((i * 3) % 8)}`)]),
  },
  {
    name: 'to and fro, by two ways',
    turns: times(6, (i) => [
      say('a', `from ${nth(cities, i)} to Rome`),
      say('b', `from Rome to ${nth(cities, i)}`),
    ]),
  },
  {
    name: 'numbers with a sign',
    turns: [say('a', '+1'), say('a', '-1'), say('a', '+2'), say('a', '-2'), say('a', '+3'), say('a', '-3')],
  },
  {
    name: 'a dialogue in two languages',
    turns: cities.map((city, i) => say(i % 2 ? 'a>b' : 'b>a', i % 2 ? `次は${city}です` : `${city} next`)),
  },
  {
    name: 'tickets that are the same case',
    turns: times(12, (i) => [
      say(`customer-${i}>desk`, 'My login fails.'),
      use(`desk>customer-${i}`, 'status', {}, 'login is down', 'It is down, sorry.'),
    ]),
  },
  {
    name: 'a table, row by row',
    turns: times(20, (i) => [use('a', 'insert', { row: i }, 'ok', 'Inserted.')]),
  },
  {
    name: 'bounded tries that say so',
    turns: times(6, (i) => [say('a', `Attempt ${i + 1} of 6: no answer.`)]),
  },
  {
    name: 'three tries and another way',
    turns: [
      ...times(3, () => [use('a', 'search', { q: 'x' }, 'none')]),
      use('a', 'search', { q: 'y' }, 'none'),
      ...times(3, () => [use('a', 'open', 'x', '404')]),
      say('a>u', 'It is not there.'),
    ],
  },
  {
    name: 'good mornings on the way to work',
    turns: [
      say('a>b', 'Hello!'),
      say('b>a', 'Hi!'),
      say('a>b', 'Thank you!'),
      say('b>a', 'You are welcome.'),
      say('a>b', 'Shall we begin?'),
      say('b>a', 'Agenda first.'),
    ],
  },
];
