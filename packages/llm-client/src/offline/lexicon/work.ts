import type { Domain } from './domain.ts';

export const work: Domain = {
  name: 'work',
  cues: 'work job office meeting team manager project company boss colleague deadline email remote productivity business customer startup hiring career plan organisation organization money budget market price salary economy'.split(
    ' ',
  ),
  levers: [
    {
      what: 'fewer meetings with more in writing',
      why: 'a page that everybody has read replaces an hour in which nobody has',
      step: 'cancel the largest recurring meeting for three weeks and replace it with one page',
      twist: 'a meeting that is held in the past, so that nobody can be late',
    },
    {
      what: 'one owner for each decision',
      why: 'what belongs to everybody is decided by whoever is last in the room',
      step: 'write a single name beside each open question',
      twist: 'a crown on wheels that rolls to whoever hesitates',
    },
    {
      what: 'work in progress',
      why: 'five things half done are worth less than two that are finished',
      step: 'allow no more than two open tasks per person for a month',
      twist: 'a desk with room for exactly one idea and a pear',
    },
    {
      what: 'hours without interruption',
      why: 'it takes far longer to return to a thought than to leave it',
      step: 'keep the mornings free of messages for two weeks',
      twist: 'a doorbell that has been taught manners',
    },
    {
      what: 'a frank look at what it costs',
      why: 'a cost that nobody sees is a decision that nobody made',
      step: 'put a price on the three most popular habits',
      twist: 'an invoice that hums while you read it',
    },
  ],
  proposals: [
    {
      say: 'promote the printer, since it alone has learnt to say no',
      name: 'the promoted printer',
      sense: 'somebody should have the explicit job of refusing things',
    },
    {
      say: 'hold every meeting standing in a lift, and let the floors be the agenda',
      name: 'the meeting in the lift',
      sense: 'a hard stop and one topic per stop is what most agendas lack',
    },
    {
      say: 'exchange all job titles on Wednesdays and see which work refuses to move',
      name: 'the Wednesday of titles',
      sense: 'rotating a duty shows quickly what only one person knows how to do',
    },
    {
      say: 'celebrate the deadline that was missed most beautifully',
      name: 'the festival of late things',
      sense: 'a calm look at what came late is the best source of better estimates',
    },
    {
      say: 'let the newest person sign everything for a week',
      name: 'the week of the newcomer',
      sense: 'somebody who has to understand a thing before signing it will find out who does not',
    },
  ],
  measures: [
    'people can say on Friday what they finished',
    'a question gets its answer on the day it was asked',
    'nobody needs to be in two places at once',
    'the same work fits into a shorter week',
  ],
  people: [
    'the people who were hired last month',
    'those who work from another time zone',
    'customers who never complain and simply leave',
    'the ones who keep the thing running at night',
  ],
  risks: [
    'people will do what is counted and let the rest go',
    'it works for as long as the person who thought of it is in the room',
    'the quiet colleagues pay for it first',
    'a rule that saves an hour can cost a habit worth two',
  ],
  questions: [
    'Who could stop it tomorrow, and why would they?',
    'What would you do with the time that it frees?',
    'Which of today’s rules would nobody miss?',
  ],
  inversions: [
    'the work is on holiday, and it is we who have been left at the desk',
    'the organisation is a rumour that has taken on staff',
    'perhaps the deadline is running away from us because we never ask how it feels',
  ],
  images: [
    'a calendar that grows moss on the important days',
    'a filing cabinet with stage fright',
    'a staircase that has been asked for a status report',
    'a spreadsheet in which one cell has fallen in love with the margin',
  ],
  daydreams: [
    'by the end of the quarter the coffee machine would be giving the keynote',
    'emails would arrive by hand, out of breath and full of feeling',
    'the org chart would blossom and have to be pruned',
  ],
};
