import { defineAgent, RouterAgent, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { record } from '../../test/support.ts';
import { type Asked, edges, expectWhole, play, shown, speaker } from '../../test/talking.ts';
import { type ChooseNext, InvalidScenarioError, roundRobin, selector, streamPattern } from '../index.ts';

const three = (asked: Asked[] = []) => ['a', 'b', 'c'].map((id) => speaker(id, [], { asked }));

/** Who speaks when this is chosen. */
async function speakers(choices: readonly (string | undefined)[], options: object = {}) {
  let i = 0;
  const chooser: ChooseNext = () => choices[i++];
  const played = await play(selector({ agents: three(), chooser, maxTurns: choices.length, ...options }));
  const order = played.events.flatMap((event) => (event.type === 'turn-start' ? [event.speaker] : []));
  return { ...played, order: order.join('') };
}

describe('selector', () => {
  it('has those speak whom a function chooses, until it chooses nobody', async () => {
    const { order, outcome, tree } = await speakers(['c', 'a', 'c', undefined, 'b']);
    expect(order).toBe('cac');
    expect(outcome).toMatchObject({ reason: 'done', content: 'c2' });
    expect(edges(tree)).toEqual([...['user>c Go.', 'user>a Go.', 'c>a c1', 'a>c a1', 'c>user c2']]);
    expectWhole(tree);
  });

  it('falls back to the next in order, and says so on record', async () => {
    const { order, tree } = await speakers(['b', 'b', 'zed', 'a']);
    expect(order).toBe('bcab');
    expect(edges(tree).filter((edge) => edge.startsWith('moderator'))).toEqual([
      'moderator>c [b may not be next after b: c is next in order]',
      'moderator>a ["zed" is not there: a is next in order]',
      'moderator>b [a may not be next after a: b is next in order]',
    ]);
    expectWhole(tree);
  });

  it('keeps to the rules', async () => {
    expect((await speakers(['a', 'a'], { allowRepeat: true })).order).toBe('aa');
    const transitions = { a: ['a', 'b'], b: ['c'], c: [] };
    const { order, outcome } = await speakers(['a', 'a', 'c', 'a', 'b'], { transitions });
    expect(order).toBe('aabc');
    expect(outcome).toMatchObject({ reason: 'done', detail: 'nobody may speak after c' });
    const candidates = ({ turns }: { turns: number }) => (turns === 0 ? ['c', 'zed'] : ['a', 'b']);
    expect((await speakers(['a', 'c'], { candidates })).order).toBe('ca');
  });

  it('takes the choice of an agent, which hears everything; its words are an edge', async () => {
    const asked: Asked[] = [];
    const host = speaker('host', ['B!', 'I would like to hear a now.', '', 'b or a?'], { asked });
    const { tree, events } = await play(selector({ agents: three(), chooser: host, maxTurns: 4 }));
    const order = events.flatMap((event) => (event.type === 'turn-start' ? [event.speaker] : []));
    expect(order.filter((id) => id !== 'host').join('')).toBe('babc');
    expect(edges(tree).filter((edge) => edge.startsWith('host'))).toEqual([
      'host>b B!',
      'host>a I would like to hear a now.',
      'host>b [nobody was chosen: b is next in order]',
      'host>c b or a?\n[nobody was chosen: c is next in order]',
    ]);
    expect(shown(asked[1] as Asked)).toEqual([
      'user: Go.',
      'undefined: [Choose who is to answer the next message, and answer with that name alone: a (agent), c (agent)]',
      'b: b1',
    ]);
    expectWhole(tree);
  });

  it('does not ask where there is nothing to choose', async () => {
    const asked: Asked[] = [];
    const chooser = speaker('host', ['a'], { asked });
    const { outcome } = await play(selector({ agents: three().slice(0, 2), chooser, maxTurns: 4 }));
    expect(outcome?.turns).toBe(5);
    expect(asked).toHaveLength(1);
    const alone = await play(selector({ agents: three().slice(0, 1), chooser }));
    expect(alone.outcome).toMatchObject({
      reason: 'done',
      content: 'a1',
      detail: 'nobody may speak after a',
    });
  });

  it('is led by a router over a real client; the choice has its call as its cause', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const agents = ['ada', 'ben', 'cleo'].map((id) => new SimpleAgent({ id, client }));
      const chooser = new RouterAgent({ id: 'host', client, agents });
      const inner = selector({ agents, chooser, maxTurns: 2 });
      const pattern = selector({ agents: [inner, ...agents], chooser: () => 'selector', maxTurns: 1 });
      return streamPattern(pattern, 'Let cleo say what a bridge is.', { logger });
    });
    expect(error).toBeUndefined();
    expectWhole(tree);
    const host = tree.agents.find(({ id }) => id === 'host');
    const choices = tree.messages.filter(({ from }) => from === 'host');
    expect(choices.map(({ call_id }) => call_id)).toEqual(host?.calls.map(({ id }) => id));
    expect(choices[0]?.to).toBe('cleo');
    expect(JSON.parse(String(choices[0]?.content))).toMatchObject({ next: 'cleo' });
  });

  it('goes on when the router cannot choose', async () => {
    const client = createScriptedClient(['Nobody.', 'Nobody.']);
    const agents = three();
    const chooser = new RouterAgent({ id: 'host', client, agents });
    const { tree, outcome } = await play(selector({ agents, chooser, maxTurns: 1 }));
    expect(outcome).toMatchObject({ content: 'a1' });
    expect(edges(tree)[1]).toMatch(/^host>a \{"reason":.*\n\[nobody was chosen: a is next in order\]$/);
  });

  it('passes on what its chooser throws, with every message ended', async () => {
    const chooser = defineAgent({ id: 'host', respond: () => Promise.reject(new Error('gone')) });
    const { tree, error } = await play(selector({ agents: three(), chooser }));
    expect(error).toMatchObject({ message: 'gone' });
    expectWhole(tree, 'rejected');
    const broken: ChooseNext = () => Promise.reject(new Error('gone too'));
    expect((await play(selector({ agents: three(), chooser: broken }))).error).toMatchObject({
      message: 'gone too',
    });
  });

  it('refuses rules that make no sense', () => {
    const agents = three();
    const chooser = () => 'a';
    const wrong: (() => unknown)[] = [
      () => selector({ agents, chooser: undefined as never }),
      () => selector({ agents, chooser, transitions: { zed: ['a'] } }),
      () => selector({ agents, chooser, transitions: { a: 'b' as never } }),
      () => selector({ agents, chooser, candidates: ['a'] as never }),
      () => selector({ agents: [...agents, roundRobin({ agents }), roundRobin({ agents })], chooser }),
    ];
    for (const each of wrong) expect(each).toThrow(InvalidScenarioError);
  });
});
