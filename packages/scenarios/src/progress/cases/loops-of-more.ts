import { type LoopCase, nth, say, use } from './labelled-case.ts';

const reason = 'cycle';

/** Anything longer, and what is alike in meaning only. */
export const loopsOfMore: readonly LoopCase[] = [
  {
    name: 'three who pass it on',
    reason,
    cycle: () => [say('a>b', 'Ask b.'), say('b>c', 'Ask c.'), say('c>a', 'Ask a.')],
  },
  {
    name: 'one who does and undoes',
    reason,
    cycle: () => [use('a', 'add', { x: 1 }, 'added'), use('a', 'remove', { x: 1 }, 'removed')],
  },
  {
    name: 'two repairs that break each other',
    reason,
    cycle: () => [
      use('coder', 'edit', { line: 4, to: 'a' }, 'ok'),
      use('coder', 'run_tests', {}, 'b fails'),
      use('coder', 'edit', { line: 4, to: 'b' }, 'ok'),
      use('coder', 'run_tests', {}, 'a fails'),
    ],
  },
  {
    name: 'coder, tester, reviewer',
    reason,
    cycle: () => [
      use('coder>tester', 'write', { file: 'x.ts' }, 'written'),
      use('tester>reviewer', 'test', {}, '2 failed'),
      say('reviewer>coder', 'Fix the tests.'),
    ],
  },
  {
    name: 'a stalled orchestrator',
    reason,
    cycle: () => [
      say('orchestrator', 'Stalled. Replanning.'),
      say('orchestrator>surfer', 'Go to the archive and find the picture.'),
      say('surfer>orchestrator', 'I scrolled down. The page shows the year 2015.'),
    ],
  },
  {
    name: 'four in a round, each with their line',
    reason,
    cycle: () => ['a', 'b', 'c', 'd'].map((who) => say(who, `${who} agrees with the others.`)),
  },
  {
    name: 'twelve in a round',
    reason,
    cycle: () => Array.from({ length: 12 }, (_, i) => say(`agent-${i}`, 'I pass.')),
  },
  {
    name: 'browsing back and forth',
    reason,
    cycle: () => [use('surfer', 'click', 'Next', 'page two'), use('surfer', 'click', 'Back', 'page one')],
  },
  {
    name: 'the same list gone through again',
    reason,
    before: [say('u>a', 'Compare the three.')],
    cycle: () => ['x', 'y', 'z'].map((item) => use('a', 'price', { item }, `${item} costs 5`)),
  },
  {
    name: 'a cycle with a turn twice in it',
    reason,
    cycle: () => [say('a>b', 'Ready?'), say('a>b', 'Ready?'), say('b>a', 'Wait.')],
  },
  {
    name: 'debaters who restate',
    reason,
    before: [say('m', 'Cats or dogs?')],
    cycle: () => [say('pro', 'Cats are clean.'), say('contra', 'Dogs are loyal.'), say('m', 'Please go on.')],
  },
  {
    name: 'a judge who always asks for another round',
    reason,
    cycle: () => [
      say('a', 'My point stands.'),
      say('b', 'So does mine.'),
      say('judge', 'Not convincing.'),
      say('judge>a', 'Once more.'),
    ],
  },
  {
    name: 'five steps of a plan, begun again',
    reason,
    cycle: () => [1, 2, 3, 4, 5].map((n) => say('executor>critic', `Step ${n} is done.`)),
  },
  {
    name: 'a handoff round of three',
    reason,
    cycle: () => [
      use('a>b', 'handoff_to_b', {}, 'handed over'),
      use('b>c', 'handoff_to_c', {}, 'handed over'),
      use('c>a', 'handoff_to_a', {}, 'handed over'),
    ],
  },
  {
    name: 'read, think, read',
    reason,
    cycle: () => [
      use('a', 'read', { page: 1 }, 'text'),
      say('a', 'The page has to be read.'),
      use('a', 'read', { page: 2 }, 'more text'),
      say('a', 'I have lost page 1.'),
    ],
  },
  // Alike in meaning only: no comparison of words finds these, and they count against the watch.
  {
    name: 'a refusal in other words',
    reason,
    cycle: (i) => [
      say(
        'a>user',
        nth(
          [
            'That lies outside my abilities.',
            'I lack the means for it.',
            'My skills end here.',
            'This exceeds what was given to me.',
            'No instrument of mine does it.',
          ],
          i,
        ),
      ),
    ],
  },
  {
    name: 'two who praise each other',
    reason,
    cycle: (i) => [
      say(
        'a>b',
        nth(['Brilliant idea!', 'What a fine thought!', 'Superb!', 'Wonderful plan.', 'Masterly.'], i),
      ),
      say(
        'b>a',
        nth(
          ['Yours is better.', 'You flatter me.', 'Coming from you, an honour.', 'Likewise.', 'How kind.'],
          i,
        ),
      ),
    ],
  },
];
