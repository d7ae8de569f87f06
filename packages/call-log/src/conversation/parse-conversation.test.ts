import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConversationFormatError } from '../errors/conversation-format-error.ts';
import { parseConversation } from './parse-conversation.ts';

/** The turns as "speaker>addressee: content", with a "?" before a thought. */
const told = (json: unknown) =>
  parseConversation(json).turns.map(
    ({ speaker, to = '', kind, content }) => `${kind === 'thought' ? '?' : ''}${speaker}>${to}: ${content}`,
  );

describe('shapes', () => {
  const history = [
    { role: 'user', content: 'hi' },
    { role: 'assistant', name: 'Expert', content: 'yes' },
  ];

  it('may be an array or an object with a history', () => {
    expect(told(history)).toEqual(['user>Expert: hi', 'Expert>: yes']);
    expect(parseConversation({ history, is_correct: false, extra: {} })).toEqual(parseConversation(history));
  });

  it.each([
    ['a text', 'plain', 'plain'],
    ['null', null, ''],
    ['nothing', undefined, ''],
    ['parts', [{ type: 'text', text: 'a' }, 'b', { type: 'image_url', image_url: {} }], 'ab'],
  ])('content may be %s', (_, content, expected) => {
    expect(parseConversation([{ role: 'user', content }]).turns).toEqual([
      { speaker: 'user', kind: 'speech', content: expected },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'the top'],
    ['a text', 'hi', 'the top'],
    ['an object without a history', { messages: [] }, 'the top'],
    ['an empty array', [], 'the top'],
    ['an empty history', { history: [] }, 'history'],
    ['a history that is none', { history: 'hi' }, 'history'],
    ['an entry that is none', [{ role: 'user', content: 'a' }, 7], 'the top[1]'],
    ['a role that is none', { history: [{ role: 7, content: 'a' }] }, 'history[0].role'],
    [
      'a content that is none',
      { history: [{ content: 'a' }, { content: { text: 'b' } }] },
      'history[1].content',
    ],
  ])('must not be %s', (_, json, place) => {
    expect(() => parseConversation(json)).toThrow(ConversationFormatError);
    expect(() => parseConversation(json)).toThrow(`at ${place}:`);
    try {
      parseConversation(json);
    } catch (error) {
      expect(error).toMatchObject({ code: 'conversation_format', place });
    }
  });
});

describe('speakers', () => {
  it.each<[string, object, string]>([
    ['the name', { name: 'Expert', role: 'assistant' }, 'Expert'],
    ['the role without a name', { role: 'WebSurfer' }, 'WebSurfer'],
    ['the role with an empty name', { name: ' ', role: 'assistant' }, 'assistant'],
    ['the user with neither', {}, 'user'],
    ['the role without its remark', { role: 'Orchestrator (termination condition)' }, 'Orchestrator'],
    ['the role without whom it speaks to', { role: 'Orchestrator (-> WebSurfer)' }, 'Orchestrator'],
  ])('are %s', (_, entry, speaker) => {
    expect(parseConversation([{ ...entry, content: 'x' }]).turns[0]?.speaker).toBe(speaker);
  });

  it('are models, people or terminals, in order of their first turn', () => {
    const { speakers } = parseConversation(
      [
        'human',
        'Computer_terminal',
        'Excel_Expert',
        'ComputerTerminal',
        'user_proxy',
        'tool',
        'system',
        'human',
      ].map((role) => ({ role, content: '' })),
    );
    expect(speakers).toEqual([
      { id: 'human', kind: 'person' },
      { id: 'Computer_terminal', kind: 'terminal' },
      { id: 'Excel_Expert', kind: 'model' },
      { id: 'ComputerTerminal', kind: 'terminal' },
      { id: 'user_proxy', kind: 'person' },
      { id: 'tool', kind: 'terminal' },
      { id: 'system', kind: 'person' },
    ]);
  });

  it('who are only spoken to are among them, last', () => {
    expect(
      parseConversation([{ role: 'Orchestrator (-> FileSurfer )', content: '' }]).speakers.map(
        ({ id }) => id,
      ),
    ).toEqual(['Orchestrator', 'FileSurfer']);
  });
});

describe('addressees', () => {
  it('are named, else whoever speaks next, else nobody; thoughts have none', () => {
    expect(
      told([
        { role: 'human', content: '1' },
        { role: 'Orchestrator (thought)', content: '2' },
        { role: 'Orchestrator (-> WebSurfer)', content: '3' },
        { role: 'FileSurfer', content: '4' },
        { role: 'FileSurfer', content: '5' },
        { role: 'Orchestrator (termination condition)', content: '6' },
      ]),
    ).toEqual([
      'human>Orchestrator: 1',
      '?Orchestrator>: 2',
      'Orchestrator>WebSurfer: 3',
      'FileSurfer>Orchestrator: 4',
      'FileSurfer>Orchestrator: 5',
      'Orchestrator>: 6',
    ]);
  });
});

/** Beside the repository, not in it: recorded runs of real multi-agent systems. */
const folder = resolve(import.meta.dirname, '../../../../..', 'shared/data/who-and-when');
const present = existsSync(folder);
const names = present ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.skipIf(!present)('recorded runs (needs ../shared/data/who-and-when beside the repository)', () => {
  it('are twenty', () => expect(names).toHaveLength(20));

  it.each(names)('%s keeps every word and every speaker', (name) => {
    const json = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      history: { role: string; name?: string; content: string }[];
    };
    const { turns, speakers } = parseConversation(json);
    expect(turns.map(({ content }) => content)).toEqual(json.history.map(({ content }) => content));
    const labels = json.history.map(({ role, name: given }) => (given ?? role).replace(/ \(.*/, ''));
    expect(turns.map(({ speaker }) => speaker)).toEqual(labels);
    expect(turns.filter(({ kind }) => kind === 'thought')).toHaveLength(
      json.history.filter(({ role }) => role.endsWith('(thought)')).length,
    );
    expect(speakers.map(({ id }) => id)).toEqual(expect.arrayContaining([...new Set(labels)]));
    for (const [i, { to, speaker }] of turns.entries()) {
      const named = /\(-> (.*)\)/.exec(json.history[i]?.role ?? '')?.[1];
      if (named !== undefined) expect(to).toBe(named);
      else expect(to).not.toBe(speaker);
    }
  });
});
