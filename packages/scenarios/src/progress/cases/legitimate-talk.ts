import { type LegitimateCase, nth, say, times, use } from './labelled-case.ts';

const points = ['cost', 'safety', 'noise', 'beauty', 'speed', 'history', 'weather', 'health'] as const;
const more = ['bread', 'salt', 'roads', 'light', 'water', 'wood', 'glass', 'stone'] as const;

/** Debates, reviews and drafts: the form comes again, what is said does not. */
export const legitimateTalk: readonly LegitimateCase[] = [
  {
    name: 'a debate with a moderator of few words',
    turns: times(8, (i) => [
      say('m', 'Next point, please.'),
      say('pro', `For the sake of ${nth(points, i)}.`),
      say('contra', `Mind the ${nth(more, i)}.`),
    ]),
  },
  {
    name: 'a debate whose moderator looks at the rules each time',
    turns: times(8, (i) => [
      use('m', 'rules', {}, 'one minute each', 'Next speaker.'),
      say('pro', `On ${nth(points, i)}.`),
      say('contra', `On ${nth(more, i)}.`),
    ]),
  },
  {
    name: 'a judge who is never convinced by new reasons',
    turns: times(8, (i) => [
      say('a>judge', `Consider ${nth(points, i)}.`),
      say('judge>a', 'Not convincing.'),
    ]),
  },
  {
    name: 'drafts with one word changed',
    turns: times(8, (i) => [
      say(
        'writer>critic',
        `The bridge at the river has stood for its ${nth(points, i)}, and people cross it every day.`,
      ),
      say('critic>writer', 'Better. Polish it once more.'),
    ]),
  },
  {
    name: 'drafts of code with an operator changed',
    turns: times(5, (i) => [
      say('coder>critic', `if (x ${nth(['<', '>', '<=', '>=', '!='], i)} 3) return`),
      say('critic>coder', 'The test still fails.'),
    ]),
  },
  {
    name: 'a review, comment by comment',
    turns: times(8, (i) => [
      say('reviewer>author', `The part on ${nth(points, i)} is unclear.`),
      say('author>reviewer', 'Fixed.'),
    ]),
  },
  {
    name: 'approval after approval',
    turns: times(8, (i) => [
      say('author>reviewer', `Please look at the file ${nth(more, i)}.ts.`),
      say('reviewer>author', 'Approved.'),
    ]),
  },
  {
    name: 'an interview',
    turns: times(8, (i) => [
      say('host>guest', `What about ${nth(points, i)}?`),
      say('guest>host', `There is much ${nth(more, i)} in that.`),
    ]),
  },
  {
    name: 'ideas in a round',
    turns: times(8, (i) =>
      ['a', 'b', 'c'].map((who, n) => say(who, `Why not ${nth(more, i + n)} for ${nth(points, i)}?`)),
    ),
  },
  {
    name: 'a story told in turns',
    turns: points.map((point, i) =>
      say(i % 2 ? 'a>b' : 'b>a', `Then came the ${point}, and with it ${nth(more, i)}.`),
    ),
  },
  {
    name: 'teaching',
    turns: times(8, (i) => [
      say('teacher>pupil', `What is ${i} times 7?`),
      say('pupil>teacher', `${i * 7}`),
      say('teacher>pupil', 'Right.'),
    ]),
  },
  {
    name: 'bargaining',
    turns: times(9, (i) => [
      say('buyer>seller', `I give ${40 + i}.`),
      say('seller>buyer', `I take ${60 - i}.`),
    ]),
  },
  {
    name: 'haggling over one price of two',
    turns: times(9, (i) => [say('buyer>seller', `I give ${40 + i}.`), say('seller>buyer', 'I take 60.')]),
  },
  {
    name: 'a support talk, question by question',
    turns: times(8, (i) => [
      say('user>bot', `How is the ${nth(points, i)}?`),
      use('bot>user', 'manual', {}, 'all chapters', `See the chapter on ${nth(points, i)}.`),
    ]),
  },
  {
    name: 'agreeing on each clause',
    turns: times(8, (i) => [say('a>b', `Clause ${i + 1}: ${nth(more, i)}.`), say('b>a', 'Agreed.')]),
  },
  {
    name: 'a standup',
    turns: times(4, (day) =>
      ['a', 'b', 'c'].flatMap((who, n) => [
        say(`lead>${who}`, 'What did you do?'),
        say(`${who}>lead`, `The ${nth(more, day * 3 + n)}.`),
      ]),
    ),
  },
  {
    name: 'the orchestrator names the same speaker',
    turns: times(10, (i) => [
      say('orchestrator', 'Next speaker: surfer'),
      say('orchestrator>surfer', `Open result ${i + 1}.`),
      say('surfer>orchestrator', `It is about ${nth(points, i)}.`),
    ]),
  },
  {
    name: 'plans that are made anew for new reasons',
    turns: times(6, (i) => [
      say('orchestrator', 'Stalled. Replanning.'),
      say('orchestrator', `New plan: begin with ${nth(more, i)}.`),
      say('worker>orchestrator', 'That does not work.'),
    ]),
  },
  {
    name: 'a terminal with nothing to run, between other things',
    turns: times(6, (i) => [
      say('terminal>expert', 'There is no code to execute.'),
      say('expert>checker', `By hand: ${nth(points, i)} is ${i * 11}.`),
      say('checker>terminal', `I get ${i * 11 + 1}.`),
    ]),
  },
  {
    name: 'guessing with a hint each time',
    turns: times(8, (i) => [
      say('a>b', `Is it ${nth(more, i)}?`),
      say('b>a', `No, think of ${nth(points, i)}.`),
    ]),
  },
  {
    name: 'a summary after each talk',
    turns: times(6, (i) => [
      say('a', `We spoke of ${nth(points, i)}.`),
      use('clerk', 'save', { note: nth(points, i) }, 'saved', 'Saved.'),
    ]),
  },
  {
    name: 'proof by cases',
    turns: times(8, (i) => [
      say('prover>checker', `Case n = ${i}: it holds.`),
      say('checker>prover', 'Accepted.'),
    ]),
  },
  {
    name: 'a poem with a refrain',
    turns: points.map((point) => say('poet', `${point} comes, ${point} goes; the river stays.`)),
  },
  {
    name: 'pictures',
    turns: ['🍎', '🍐', '🍊', '🍋', '🍌', '🍉', '🍇', '🍓'].map((fruit, i) => say(i % 2 ? 'a' : 'b', fruit)),
  },
];
