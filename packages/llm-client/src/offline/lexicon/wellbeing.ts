import type { Domain } from './domain.ts';

export const wellbeing: Domain = {
  name: 'wellbeing',
  cues: 'sleep health rest stress happy happiness exercise walk habit mind body tired lonely loneliness friend friendship family patience anxiety calm joy life kindness attention focus morning dream'.split(
    ' ',
  ),
  levers: [
    {
      what: 'one fixed hour in the day',
      why: 'a habit with a time of its own needs no willpower',
      step: 'choose an hour, keep it for two weeks and change nothing else',
      twist: 'an hour that has its own front door',
    },
    {
      what: 'fewer decisions',
      why: 'everything that is settled once does not have to be won every evening',
      step: 'decide on Sunday what Tuesday looks like',
      twist: 'a coin that has retired and gives only advice',
    },
    {
      what: 'walking without a purpose',
      why: 'the mind sorts its papers while the feet are busy',
      step: 'walk for twenty minutes before the first screen of the day',
      twist: 'a pair of shoes that refuses to arrive',
    },
    {
      what: 'company that asks for nothing',
      why: 'most people are short of company long before they are short of advice',
      step: 'ask one neighbour over, with no occasion whatsoever',
      twist: 'a bench that saves you a seat',
    },
    {
      what: 'an honest look at the evenings',
      why: 'the next day is mostly decided after nine',
      step: 'write down for a week what happened between nine and bedtime',
      twist: 'a moon that keeps the accounts',
    },
  ],
  proposals: [
    {
      say: 'schedule your worries for Thursdays at four, and send the others home',
      name: 'the Thursday of worries',
      sense: 'setting aside a time to worry is an old technique, and for many people it works',
    },
    {
      say: 'be bad at something on purpose, in front of witnesses',
      name: 'the public failure',
      sense: 'people who practise failing small are less afraid of the large kind',
    },
    {
      say: 'write a letter of thanks to a part of you that never gets any, the left elbow for instance',
      name: 'the letter to the elbow',
      sense: 'paying attention to one ordinary thing is most of what attention training is',
    },
    {
      say: 'go to bed in the afternoon and let the night find out by itself',
      name: 'the secret siesta',
      sense: 'twenty minutes after lunch are cheaper than a third coffee',
    },
    {
      say: 'swap one hour of your day with a friend, and live it as they would',
      name: 'the exchanged hour',
      sense: 'seeing how somebody else spends an hour shows which of ours are habit only',
    },
  ],
  measures: [
    'the alarm clock is late for once',
    'a bad day stays one day long',
    'it still happens in the third week, when the novelty is gone',
    'somebody else notices before you do',
  ],
  people: [
    'parents of small children',
    'people who live alone',
    'those who work at night',
    'the ones who never ask for help',
  ],
  risks: [
    'it turns rest into one more thing to be good at',
    'what helps in a quiet month may break in a hard one',
    'it suits people whose time is already their own',
    'one good night proves very little',
  ],
  questions: [
    'What would you stop doing to make room for it?',
    'When did it last go well, and what was different then?',
    'Who would notice the change first?',
  ],
  inversions: [
    'it is not we who are tired, it is the chair, and it leans on us',
    'rest is the work, and the rest is only resting from it',
    'perhaps it is the calendar that needs a holiday from us',
  ],
  images: [
    'a pillow with a law degree',
    'a heart that keeps its coat on indoors',
    'a lake practising its handwriting',
    'a clock that has gone for a walk',
  ],
  daydreams: [
    'within a month the to-do lists would be writing to each other',
    'yawns would be collected and sent to those who need them',
    'Mondays would have to apply for the position',
  ],
};
