import { RouterAgent, SimpleAgent } from '@pd/agents';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { record } from '../../test/support.ts';
import { type Asked, edges, expectWhole, play, shown, speaker } from '../../test/talking.ts';
import { debate, groupChat, InvalidScenarioError, roundRobin, streamPattern } from '../index.ts';

const three = (asked: Asked[] = []) => ['a', 'b', 'c'].map((id) => speaker(id, [], { asked }));

describe('groupChat', () => {
  it('lets everybody hear everything, when it is said', async () => {
    const asked: Asked[] = [];
    const { outcome, tree } = await play(groupChat({ agents: three(asked), maxTurns: 3 }));
    expect(outcome).toMatchObject({ reason: 'max_turns', turns: 3, content: 'c1', from: 'c' });
    expect(edges(tree)).toEqual([
      ...['user>b Go.', 'user>c Go.', 'user>a Go.'],
      ...['a>c a1', 'a>b a1'],
      ...['b>a b1', 'b>c b1'],
      ...['c>a c1', 'c>b c1'],
      'c>user c1',
    ]);
    expect(asked.map(shown)).toEqual([
      ['user: Go.'],
      ['user: Go.', 'a: a1'],
      ['user: Go.', 'a: a1', 'b: b1'],
    ]);
    expectWhole(tree);
  });

  it('has everybody hear the last word also when that ends it', async () => {
    const agents = [speaker('a'), speaker('b', ['']), speaker('c')];
    const { outcome, tree } = await play(groupChat({ agents }));
    expect(outcome).toMatchObject({ reason: 'empty_answer', content: 'a1', turns: 2 });
    expect(edges(tree)).toEqual([
      ...['user>b Go.', 'user>c Go.', 'user>a Go.', 'a>c a1', 'a>b a1', 'a>user a1'],
    ]);
  });

  it('goes on at random by the seed, nobody twice in a row', async () => {
    const speakers = async (seed: number) => {
      const chat = groupChat({ agents: three(), next: 'random', maxTurns: 30 });
      const { events } = await play(chat, 'Go.', { seed });
      return events.flatMap((event) => (event.type === 'turn-start' ? [event.speaker] : []));
    };
    const once = await speakers(1);
    expect(await speakers(1)).toEqual(once);
    expect(await speakers(2)).not.toEqual(once);
    expect(once.every((id, i) => id !== once[i - 1])).toBe(true);
    expect(new Set(once).size).toBe(3);
  });

  it('may be opened by one of those who talk', async () => {
    const asked: Asked[] = [];
    const chat = groupChat({ agents: three(asked), maxTurns: 3 });
    const { tree, error } = await play(chat, { from: 'a', content: 'Hello.' });
    expect(error).toBeUndefined();
    expect(asked.map(({ by }) => by)).toEqual(['b', 'c', 'a']);
    expect(shown(asked[2] as Asked)).toEqual(['Hello.', 'b: b1', 'c: c1']);
    expectWhole(tree);
  });

  it('gives the same tree whatever the delays of the agents, patterns within it included', async () => {
    const once = async (delays: number) => {
      await using server = await startOfflineServer();
      let state = delays;
      const delayMs = () => (state = (state * 7 + 3) % 11);
      const { tree, error } = await record((logger) => {
        const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
        const slow = (id: string) =>
          new SimpleAgent({ id, client, hooks: { before: () => wait(delayMs()) } });
        const inner = debate({
          debaters: [slow('x'), slow('y'), slow('z')],
          judge: slow('j'),
          parallel: true,
        });
        const chat = groupChat({ agents: [slow('a'), slow('b'), inner], next: 'random', maxTurns: 6 });
        return streamPattern(chat, 'What is a bridge?', { logger, seed: 'same' });
      });
      expect(error).toBeUndefined();
      expectWhole(tree);
      return canonicalTree(tree);
    };
    const first = await once(1);
    expect(await once(5)).toEqual(first);
    expect(await once(9)).toEqual(first);
  });

  it('can be led by a model', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const agents = ['ada', 'ben', 'cleo'].map((id) => new SimpleAgent({ id, client }));
      const next = new RouterAgent({ id: 'host', client, agents });
      return streamPattern(groupChat({ agents, next, maxTurns: 4 }), 'Ask cleo what a bridge is.', {
        logger,
      });
    });
    expect(error).toBeUndefined();
    expectWhole(tree);
    const choices = tree.messages.filter(({ from }) => from === 'host');
    expect(choices).toHaveLength(4);
    expect(choices.every(({ call_id }) => call_id !== undefined)).toBe(true);
    expect(tree.agents.find(({ id }) => id === 'host')?.calls).toHaveLength(4);
  });

  it('does linear work in a long conversation', async () => {
    const turns = async (maxTurns: number) => {
      const start = performance.now();
      const { error } = await play(groupChat({ agents: three(), maxTurns }));
      expect(error).toBeUndefined();
      return performance.now() - start;
    };
    await turns(200);
    const [short, long] = [await turns(500), await turns(4_000)];
    // Eight times the turns; sixty-four times would be quadratic.
    expect(long / short).toBeLessThan(30);
  });

  it('refuses one who is in it twice, and a way to go on that is none', () => {
    const [a, b] = three();
    if (a === undefined || b === undefined) throw new Error('no agents');
    const wrong: (() => unknown)[] = [
      () => groupChat({ agents: [a, a] }),
      () => groupChat({ agents: [] }),
      () => groupChat({ agents: [a, b], next: 'sideways' as never }),
      () => groupChat({ agents: [a, b], next: a }),
      () => groupChat({ agents: [roundRobin({ agents: [a] }), roundRobin({ agents: [b] })] }),
      () => groupChat({ agents: [a, b], transitions: { a: ['zed'] } }),
    ];
    for (const each of wrong) expect(each).toThrow(InvalidScenarioError);
  });
});

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
