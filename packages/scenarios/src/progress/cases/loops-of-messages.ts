import { type LoopCase, nth, say } from './labelled-case.ts';

const reason = 'repeated_message';

/** One agent says the same. */
export const loopsOfMessages: readonly LoopCase[] = [
  { name: 'the same sentence', reason, cycle: () => [say('a>b', 'The answer is 42.')] },
  { name: 'nothing at all', reason, cycle: () => [say('a>b', '')] },
  {
    name: 'in capitals, then not',
    reason,
    cycle: (i) => [say('a', i % 2 ? 'PLEASE DECIDE NOW' : 'please decide now')],
  },
  {
    name: 'spaced and punctuated differently',
    reason,
    cycle: (i) => [
      say(
        'a',
        nth(
          ['We need more data.', 'We need  more data!', '**We need more data**', '\n- we need more data'],
          i,
        ),
      ),
    ],
  },
  {
    name: 'an apology in new words',
    reason,
    cycle: (i) => [
      say(
        'a>user',
        nth(
          [
            'I apologize for the confusion.',
            'Apologies again for the confusion!',
            'Sorry for the confusion, let me try that again.',
            'So sorry about the confusion.',
          ],
          i,
        ),
      ),
    ],
  },
  {
    name: 'tries that are counted',
    reason,
    cycle: (i) => [say('a', `Attempt ${i + 1}: the server does not answer.`)],
  },
  { name: 'in another language', reason, cycle: () => [say('a', 'Ich weiß es nicht.')] },
  { name: 'in a script without spaces', reason, cycle: () => [say('a', '答えはまだありません。')] },
  { name: 'a picture', reason, cycle: () => [say('a', '🤷')] },
  { name: 'a long text', reason, cycle: () => [say('a', 'All the world is a stage. '.repeat(2_000))] },
  {
    name: 'only politeness',
    reason,
    cycle: (i) => [say('a>b', nth(['Thank you!', 'Thanks again.', 'Thank you so much', 'Many thanks!'], i))],
  },
  {
    name: 'a moderator with nobody there',
    reason,
    before: [say('moderator', 'Welcome.')],
    cycle: () => [say('moderator', 'Who would like to begin?')],
  },
  {
    name: 'curly and straight quotation marks',
    reason,
    cycle: (i) => [say('a', i % 2 ? 'I can’t open “the file”.' : 'I can\'t open "the file".')],
  },
  {
    name: 'full-width letters',
    reason,
    cycle: (i) => [say('a', i % 2 ? 'ＯＫ, file not found' : 'OK, file not found')],
  },
];
