import { expect, test } from 'vitest';
import { toGerund, topicOf } from './topic.ts';

test.each([
  ['How can we make a city quieter?', 'making a city quieter'],
  ['How to run a small library', 'running a small library'],
  ['Should cities ban cars from the centre?', 'whether cities should ban cars from the centre'],
  ['Should the council close the old bridge?', 'whether the council should close the old bridge'],
  [
    'How should a team of agents keep a log of its calls?',
    'how a team of agents should keep a log of its calls',
  ],
  ['How do whales sing?', 'how whales sing'],
  ['Please design a bench for strangers.', 'designing a bench for strangers'],
  ['Discuss night buses', 'night buses'],
  ['Topic: better school lunches', 'better school lunches'],
  ['I want to learn the piano at my age', 'learning the piano at your age'],
  ['The question of making a city quieter, as I see it, has three handles: a, b.', 'making a city quieter'],
  ['Should I quit my job?', 'whether you should quit your job'],
  ['Fix this:', undefined],
  ['Hello there!', undefined],
])('%s', (text, topic) => {
  expect(topicOf(text)).toBe(topic);
});

test.each([
  ['make', 'making'],
  ['run', 'running'],
  ['tie', 'tying'],
  ['see', 'seeing'],
  ['keep', 'keeping'],
  ['plan', 'planning'],
  ['design', 'designing'],
  ['improve', 'improving'],
  ['be', 'being'],
  ['fix', 'fixing'],
  ['play', 'playing'],
])('%s → %s', (verb, expected) => {
  expect(toGerund(verb)).toBe(expected);
});
