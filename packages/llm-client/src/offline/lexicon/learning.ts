import type { Domain } from './domain.ts';

export const learning: Domain = {
  name: 'learning',
  cues: 'school learn learning teach teacher teaching student pupil child children class classroom lesson education university course homework exam grade curriculum study library book read reading language mathematics training'.split(
    ' ',
  ),
  levers: [
    {
      what: 'short, frequent practice',
      why: 'what is recalled three times in a week stays longer than what is explained once for an hour',
      step: 'begin each session with five questions about the last one',
      twist: 'a lesson that falls due like rent',
    },
    {
      what: 'feedback within the day',
      why: 'a correction that arrives after a week is about a person who no longer exists',
      step: 'return one piece of work a day, marked in two sentences',
      twist: 'a red pen that may only ask questions',
    },
    {
      what: 'problems from real life',
      why: 'people work longer on a question that somebody outside the room wants answered',
      step: 'borrow one open question from the bakery next door',
      twist: 'an exam set by the town plumber',
    },
    {
      what: 'pairs that change every week',
      why: 'explaining a thing to somebody new is the quickest way to notice a gap',
      step: 'swap partners every Monday for a month',
      twist: 'a dance card for algebra',
    },
    {
      what: 'room for slow readers',
      why: 'speed and understanding are two different talents, and only one of them is usually graded',
      step: 'take the clock off the wall for one subject',
      twist: 'a clock that waits until you have finished the page',
    },
  ],
  proposals: [
    {
      say: 'let the pupils grade the questions and never the answers',
      name: 'the graded question',
      sense: 'judging a question shows quite precisely what somebody has understood',
    },
    {
      say: 'hold the final exam on the first day, and spend the year apologising to it',
      name: 'the exam on the first day',
      sense: 'a test before the teaching is known to sharpen what people notice afterwards',
    },
    {
      say: 'put one deliberate lie into every lecture and give a cake to whoever finds it',
      name: 'the lie with a cake',
      sense: 'people who hunt for a mistake read more closely than people who trust',
    },
    {
      say: 'hand the whole timetable to the school cat for a week',
      name: 'the timetable of the cat',
      sense: 'a week without fixed hours would show which hours anybody misses',
    },
    {
      say: 'lend out people instead of books, with fines for whoever brings them back bored',
      name: 'the library of people',
      sense: 'an hour with somebody who does the thing is hard to replace with a chapter',
    },
  ],
  measures: [
    'somebody can explain it a month later without notes',
    'the questions get longer and the silences less awkward',
    'those who were behind at the start are no longer the same people',
    'people go on with it when nobody is checking',
  ],
  people: [
    'those who sit at the back',
    'teachers in their first year',
    'parents who work evenings',
    'the quick ones who are bored by ten',
  ],
  risks: [
    'it rewards those who were confident already',
    'a good week can be enthusiasm and nothing more',
    'it asks for time that teachers do not have',
    'what is fun to learn and what is needed later do not always coincide',
  ],
  questions: [
    'What should a person still be able to do a year from now?',
    'Who learns least from the way it is done today?',
    'Would you rather measure what they know or what they dare to ask?',
  ],
  inversions: [
    'forgetting is the skill, and remembering is what is left when it is done well',
    'it is the answers that go to school, and the questions that play truant',
    'perhaps the desk has learnt everything by now and should be allowed to graduate',
  ],
  images: [
    'a library with weather',
    'a blackboard that dreams of being a window',
    'a ladder whose rungs argue about which of them is the top',
    'a satchel full of borrowed echoes',
  ],
  daydreams: [
    'by autumn the teachers would be skipping class to learn something',
    'the dictionaries would unionise and ask for longer definitions',
    'report cards would arrive in the form of weather forecasts',
  ],
};
