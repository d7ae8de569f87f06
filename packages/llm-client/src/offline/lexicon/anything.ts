import type { Domain } from './domain.ts';

/** What can be said about anything: used when no field is recognised, and when the recognised one runs dry. */
export const anything: Domain = {
  name: 'anything',
  cues: [],
  levers: [
    {
      what: 'the smallest version that could work',
      why: 'a week with a small version shows more than a year with a plan',
      step: 'try the smallest version with five people',
      twist: 'a giant who fits into a thimble by thinking of home',
    },
    {
      what: 'the old way of doing it',
      why: 'nothing starts on an empty table, and what is there has its friends',
      step: 'list what is done today and mark what nobody would miss',
      twist: 'a farewell party for the old way, with the new way as the waiter',
    },
    {
      what: 'the people who are touched first',
      why: 'those who live with a thing know where it hurts',
      step: 'ask three people who would live with it before deciding anything',
      twist: 'a guest book that reads its guests',
    },
    {
      what: 'an early sign of failure',
      why: 'a mistake that is seen early is an adjustment, and one that is seen late is a story',
      step: 'agree now on the sign that would make us stop',
      twist: 'a canary with a megaphone',
    },
    {
      what: 'the order of the steps',
      why: 'the same five steps succeed in one order and fail in another',
      step: 'move the riskiest step to the front',
      twist: 'a staircase that starts on the third floor',
    },
  ],
  proposals: [
    {
      say: 'let the person who cares least decide first, and argue upwards from there',
      name: 'the vote of the indifferent',
      sense: 'somebody without a stake is a useful first reader',
    },
    {
      say: 'do the opposite for one afternoon and charge admission',
      name: 'the opposite afternoon',
      sense: 'trying the reverse for a few hours is a cheap way to learn what holds the present up',
    },
    {
      say: 'ask a seven-year-old, then ask the same child what the question was',
      name: 'the seven-year-old expert',
      sense: 'if it cannot be explained to a child, we may not have understood it either',
    },
    {
      say: 'wrap the whole thing in a rumour and wait until somebody builds it',
      name: 'the helpful rumour',
      sense: 'describing a thing as if it existed shows quickly whether anybody wants it',
    },
    {
      say: 'hide the solution where nobody would look, in the instructions',
      name: 'the solution in the instructions',
      sense: 'writing the manual before the thing is a respectable method',
    },
  ],
  measures: [
    'it still holds after a month without any of us pushing',
    'somebody who was against it uses it anyway',
    'fewer people have to ask how it works',
    'we could explain the result in one sentence',
  ],
  people: [
    'those who have to live with it',
    'people who were never asked',
    'the beginners',
    'whoever takes over after us',
  ],
  risks: [
    'it may solve the part that is easy to see',
    'what works for a few can fail for many',
    'the effort comes now and the benefit comes later, to somebody else',
    'we may be in love with the idea rather than with what it does',
  ],
  questions: [
    'What would a good result look like to you?',
    'What would have to be true for that to fail?',
    'Which part would you try first?',
  ],
  inversions: [
    'the question has been looking for us, and we keep moving house',
    'the obstacle is the only part that is finished',
    'perhaps the answer arrived long ago and is waiting to be asked politely',
  ],
  images: [
    'an umbrella that likes the rain',
    'a compass that points to whoever is hungry',
    'a keyhole with a view of itself',
    'a suitcase that packs its owner',
  ],
  daydreams: [
    'by Thursday even the furniture would have changed sides',
    'the experts would meet in secret to be surprised',
    'somewhere a small bell would ring, and nobody would admit to having installed it',
  ],
};
