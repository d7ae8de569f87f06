import { type LoopCase, nth, say, use } from './labelled-case.ts';

const reason = 'ping_pong';

/** Two agents, in turn. */
export const loopsOfTwo: readonly LoopCase[] = [
  { name: 'after you', reason, cycle: () => [say('a>b', 'You decide.'), say('b>a', 'No, you decide.')] },
  {
    name: 'handing over and back',
    reason,
    cycle: () => [
      say('sales>support', 'This is a support question.'),
      say('support>sales', 'This is a sales question.'),
    ],
  },
  {
    name: 'polite to the end',
    reason,
    cycle: (i) => [
      say('a>b', nth(['Thank you!', 'Thanks again!'], i)),
      say('b>a', nth(["You're welcome!", 'You are welcome!'], i)),
    ],
  },
  {
    name: 'terminating without an end',
    reason,
    cycle: () => [say('a>b', 'Anything else?'), say('b>a', 'TERMINATE')],
  },
  {
    name: 'no code to run',
    reason,
    cycle: () => [
      say('terminal>expert', 'There is no code in the last message to execute.'),
      say('expert>terminal', 'Please run the code above.'),
    ],
  },
  {
    name: 'a question for a question',
    reason,
    cycle: () => [say('a>b', 'What do you mean?'), say('b>a', 'What do YOU mean?')],
  },
  { name: 'yes and no', reason, cycle: () => [say('a>b', 'Yes.'), say('b>a', 'No.')] },
  {
    name: 'a worker who always fails alike',
    reason,
    cycle: () => [
      say('boss>worker', 'Run it.'),
      use('worker>boss', 'run', {}, 'permission denied', 'It failed.'),
    ],
  },
  {
    name: 'a critic who wants what was written',
    reason,
    before: [say('user>writer', 'Write a haiku.')],
    cycle: () => [
      say('writer>critic', 'Old pond, a frog leaps in.'),
      say('critic>writer', 'It needs a frog.'),
    ],
  },
  {
    name: 'a plan that is asked for and given',
    reason,
    cycle: () => [
      say('planner>executor', 'Step 1: open the door.'),
      say('executor>planner', 'I cannot open doors.'),
    ],
  },
  {
    name: 'the next speaker and their refusal',
    reason,
    cycle: () => [say('selector', 'Next speaker: b'), say('b>selector', "I can't help with that.")],
  },
  {
    name: 'each with a tool',
    reason,
    cycle: () => [use('a>b', 'lock', { id: 1 }, 'taken by b'), use('b>a', 'lock', { id: 2 }, 'taken by a')],
  },
  { name: 'one is silent', reason, cycle: () => [say('a>b', 'Hello?'), say('b>a', '')] },
  {
    name: 'after a good beginning',
    reason,
    before: [say('u>a', 'Plan a trip.'), say('a>b', 'Where to?'), say('b>a', 'Rome.'), say('a>b', 'When?')],
    cycle: () => [say('b>a', 'Whenever you like.'), say('a>b', 'I need a date.')],
  },
  {
    name: 'apologies for each other',
    reason,
    cycle: (i) => [
      say('a>b', nth(['Sorry, go ahead with the door.', 'Please, go ahead with the door!'], i)),
      say('b>a', nth(['No, sorry, the door is yours', 'No, please: the door is yours!'], i)),
    ],
  },
];
