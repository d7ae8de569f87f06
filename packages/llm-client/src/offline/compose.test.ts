import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatMessage } from './chat-request.ts';
import { composeReply } from './compose.ts';
import { domains } from './lexicon/recognise.ts';

const message = (role: string, text: string): ChatMessage => ({ role, text, name: undefined });
const calm = message('system', 'You are a helpful assistant.');
const wild = message('system', 'You bring chaos and unconventional ideas into every discussion.');
const reply = (...messages: ChatMessage[]) => composeReply(messages, ['test']);

/** Two voices talk; each sees its own lines as the assistant's. */
function talk(topic: string, turns: number, systems = [calm, wild], seed = 'test'): string[] {
  const said = [topic];
  for (let turn = 0; turn < turns; turn++) {
    const own = (index: number) => index > 0 && (index - 1) % 2 === turn % 2;
    const history = said.map((text, index) => message(own(index) ? 'assistant' : 'user', text));
    said.push(composeReply([systems[turn % 2] ?? calm, ...history], [seed]));
  }
  return said.slice(1);
}

const sentences = (text: string) => text.split(/(?<=[.?!]) (?=[\p{Lu}“])/u);

describe('a reply', () => {
  test('follows the last message, to the letter', () => {
    const a = reply(calm, message('user', 'How can we make a city quieter?'));
    const b = reply(calm, message('user', 'How can we bake better bread?'));
    const c = reply(
      calm,
      message('user', `How can we make a city quieter?${' '.repeat(9000)}x${' '.repeat(9000)}`),
    );
    expect(new Set([a, b, c]).size).toBe(3);
    expect(a).toContain('making a city quieter');
    expect(b).toContain('baking better bread');
  });

  test('follows the system prompt in its voice', () => {
    const ask = message('user', 'How can we make a city quieter?');
    expect(reply(calm, ask)).toMatch(/\?$/);
    expect(reply(wild, ask)).not.toBe(reply(calm, ask));
    const sober = message('system', 'You are a careful engineer. Never be creative or chaotic.');
    const partner = message('system', 'You are a careful engineer in a discussion with ChaosAgent.');
    const chaotic = message('system', 'You are ChaosAgent.');
    const opening = /inversion|upside down|telescope|falls out|own answer/;
    for (const prompt of [sober, partner]) expect(reply(prompt, ask)).not.toMatch(opening);
    expect(reply(chaotic, ask)).toMatch(opening);
  });

  test('takes up what the other side just said', () => {
    const text = 'My grandmother cannot sleep because of the church bells next door.';
    const first = message('user', 'How can we make a city quieter?');
    const answer = reply(calm, first, message('assistant', 'Tell me more.'), message('user', text));
    expect(answer).toMatch(/grandmother|church bells/i);
  });

  test('has two to four sentences', () => {
    for (const topic of ['How can we make a city quieter?', 'Hello', 'Plan a dinner.']) {
      for (const text of talk(topic, 10)) {
        expect(sentences(text).length, text).toBeGreaterThanOrEqual(2);
        expect(sentences(text).length, text).toBeLessThanOrEqual(5);
      }
    }
  });

  test('never repeats an own sentence in ten turns', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3 }), fc.constantFrom(calm, wild), (seed, second) => {
        const said = talk('How can we make a city quieter?', 10, [calm, second], seed);
        for (const side of [0, 1]) {
          const own = said.filter((_, index) => index % 2 === side).flatMap(sentences);
          expect(new Set(own).size).toBe(own.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('is English text for anything that is thrown at it', () => {
    const role = fc.constantFrom('user', 'assistant', 'system', 'tool');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.lorem(),
      fc.constantFrom('{topic}', '“{quote}”', '```'),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ role, text }), { maxLength: 8 }), (messages) => {
        const answer = reply(...messages.map((item) => message(item.role, item.text)));
        expect(answer.isWellFormed()).toBe(true);
        expect(answer).toMatch(/^[“\p{L}\p{N}][^\p{Cc}{}]*[.?!]$/u);
        expect(answer.length).toBeLessThan(1500);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['x', 'the a ', '“', '```', '\n', 'how can the ', '> ', '😀'])(
    'reads a megabyte of %j in time',
    (unit) => {
      const begin = performance.now();
      reply(message('user', unit.repeat(1_000_000 / unit.length)));
      expect(performance.now() - begin).toBeLessThan(500);
    },
  );
});

test.each(domains)('the words for $name fit their slots', (domain) => {
  for (const { what, why, step, twist } of domain.levers) {
    expect(
      [what, why, step].every((text) => /^[a-z][^.?!]*$/.test(text)),
      what,
    ).toBe(true);
    expect(twist).toMatch(/^an? /);
  }
  for (const { say, name } of domain.proposals) {
    expect(say).toMatch(/^[a-z][^.?!]*$/);
    expect(name).toMatch(/^the /);
  }
  for (const image of domain.images) expect(image).toMatch(/^an? /);
  for (const question of domain.questions) expect(question).toMatch(/^[A-Z].*\?$/);
});
