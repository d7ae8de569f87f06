import type { Domain } from './domain.ts';

export const software: Domain = {
  name: 'software',
  cues: 'software code bug program programming function api server database test deploy typescript javascript python rust agent model llm log logging compiler refactor repository library framework frontend backend algorithm cache latency app data prompt error computer'.split(
    ' ',
  ),
  levers: [
    {
      what: 'small changes that can be undone',
      why: 'the cost of a mistake grows with the number of things that changed beside it',
      step: 'cut the next change into three that can each be shipped alone',
      twist: 'a commit that apologises in advance',
    },
    {
      what: 'a record of what really happened',
      why: 'most arguments about a fault are arguments about what nobody wrote down',
      step: 'log every decision with its reason for one week',
      twist: 'a diary that the machine keeps under its pillow',
    },
    {
      what: 'tests that fail for one reason only',
      why: 'a red test that needs a meeting is a meeting, not a test',
      step: 'delete the three tests that nobody trusts and write one that everybody does',
      twist: 'a test that blushes before it fails',
    },
    {
      what: 'clear boundaries between the parts',
      why: 'a part that can be understood alone can also be replaced alone',
      step: 'draw the arrows between the parts and remove the one that points backwards',
      twist: 'a customs officer between two modules who collects poems',
    },
    {
      what: 'the time until the first useful answer',
      why: 'people forgive a missing feature sooner than a slow one',
      step: 'measure the ten slowest requests and explain a single one of them completely',
      twist: 'a progress bar that tells the truth and is fired for it',
    },
  ],
  proposals: [
    {
      say: 'let the bugs file their own reports, in the first person',
      name: 'the confessing bug',
      sense: 'an error that names its own cause and the next step is exactly what a good message is',
    },
    {
      say: 'delete one feature every Friday and see who writes a love letter to it',
      name: 'the Friday deletion',
      sense: 'removing a thing behind a switch is the most honest survey of who uses it',
    },
    {
      say: 'give two agents opposite orders and pay only the one who changes its mind',
      name: 'the paid change of mind',
      sense: 'a reviewer with the opposite goal finds what an agreeable one overlooks',
    },
    {
      say: 'run the whole thing backwards at night, so that it dreams of its inputs',
      name: 'the nightly replay',
      sense: 'a record that can be replayed is worth more than any number of dashboards',
    },
    {
      say: 'hire a fog machine for the architecture diagram, because clarity has made it arrogant',
      name: 'the fog in the diagram',
      sense: 'a diagram that marks what nobody knows yet is more useful than a tidy one',
    },
  ],
  measures: [
    'a newcomer can fix something on the second day',
    'a fault is found from the record alone, without asking anybody',
    'nobody is woken twice for the same reason',
    'the answer to "what changed?" takes less than a minute',
  ],
  people: [
    'whoever is on call this weekend',
    'the people who join next year',
    'users on slow telephones',
    'the ones who have to read the logs',
  ],
  risks: [
    'it moves the complexity to where nobody looks',
    'it works with ten users and has never met ten thousand',
    'every new switch doubles the states that somebody has to think about',
    'a clever thing has to be understood again by everyone who meets it',
  ],
  questions: [
    'What is the smallest part of it that could be wrong?',
    'Who would notice first if it stopped working?',
    'Which failure would you rather explain to a customer?',
  ],
  inversions: [
    'the machine is the specification, and we are the ones being debugged',
    'nothing was ever broken, it was merely improvising',
    'perhaps the log is the program, and the program is only its pen',
  ],
  images: [
    'a lighthouse that reviews the ships',
    'a clockwork choir in which one voice is always a version behind',
    'a stack trace that reads like a family tree',
    'a server room where the fans hum lullabies to the interrupts',
  ],
  daydreams: [
    'by the third release the errors would be asking for credits in the manual',
    'the null pointers would form a society of people who were never introduced',
    'two queues would fall in love and process nothing but each other',
  ],
};
