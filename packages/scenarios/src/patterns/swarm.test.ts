import { handoffTo, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient, type ScriptedStep } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { record } from '../../test/support.ts';
import { type Asked, edges, expectWhole, play, shown, speaker } from '../../test/talking.ts';
import {
  debate,
  InvalidScenarioError,
  handoffTo as isHandedTo,
  maxTurns,
  streamPattern,
  swarm,
} from '../index.ts';

const over = (to: string, note = 'needs money back'): ScriptedStep => ({
  reply: { toolCalls: [{ name: `hand_over_to_${to}`, arguments: { note } }] },
});

/** Two agents of models with tools to hand over to each other. */
function desk(steps: readonly ScriptedStep[], options: object = {}) {
  return play((logger) => {
    const client = createScriptedClient(steps, { logger });
    const front: SimpleAgent = new SimpleAgent({ id: 'front', client, tools: () => [handoffTo(money)] });
    const money: SimpleAgent = new SimpleAgent({ id: 'money', client, tools: () => [handoffTo(front)] });
    return swarm({ agents: [front, money], ...options });
  }, 'My money, please.');
}

describe('swarm', () => {
  it('makes every hand-over a turn of the next agent, with the call as its cause', async () => {
    const { tree, outcome, events } = await desk([over('money'), 'Paid.']);
    expect(outcome).toMatchObject({ reason: 'done', content: 'Paid.', from: 'money', turns: 2 });
    expect(edges(tree)).toEqual([
      'user>front My money, please.',
      'user>money My money, please.',
      'front>money needs money back',
      'money>user Paid.',
    ]);
    expectWhole(tree);
    const [front] = tree.agents.filter(({ id }) => id === 'front');
    expect(tree.messages[2]?.call_id).toBe(front?.calls[0]?.id);
    expect(tree.agents.find(({ id }) => id === 'money')?.calls[0]?.parent_call_id).toBeUndefined();
    expect(events.flatMap((event) => (event.type === 'turn-start' ? [event.speaker] : []))).toEqual([
      ...['front', 'money'],
    ]);
  });

  it('ends when they hand over for ever, or its condition says so', async () => {
    const steps = Array.from({ length: 11 }, (_, i) =>
      over(i % 2 === 0 ? 'money' : 'front', `${i} is not mine`),
    );
    const { outcome, tree } = await desk(steps);
    expect(outcome).toMatchObject({ reason: 'max_handoffs', turns: 11, content: '' });
    expectWhole(tree);
    expect((await desk(steps, { maxHandoffs: 2 })).outcome).toMatchObject({
      reason: 'max_handoffs',
      turns: 3,
    });
    const stop = isHandedTo('front').or(maxTurns(9));
    expect((await desk(steps, { stop })).outcome).toMatchObject({
      reason: 'handoff',
      detail: 'money has handed over to front',
      turns: 2,
    });
  });

  it('takes a hand-over in words from agents without tools', async () => {
    const asked: Asked[] = [];
    const agents = [
      speaker('a', ['Let me see.\nHANDOFF b b: it is about money\n'], { asked }),
      speaker('b', [], { asked }),
      speaker('b b', ['HANDOFF nobody\nI mean: HANDOFF a', 'x'], { asked }),
    ];
    const { outcome, tree } = await play(swarm({ agents }));
    expect(outcome).toMatchObject({ reason: 'done', from: 'b b', turns: 2 });
    expect(shown(asked[1] as Asked)).toEqual([
      'user: Go.',
      'a: Let me see.\nHANDOFF b b: it is about money\n',
    ]);
    expectWhole(tree);
  });

  it('begins with whom it is told to, and ends when that one hands over to nobody', async () => {
    const { outcome } = await play(swarm({ agents: [speaker('a'), speaker('b')], first: 'b' }));
    expect(outcome).toMatchObject({ reason: 'done', content: 'b1', turns: 1 });
    expect((await play(swarm({ agents: [speaker('a', [''])] }))).outcome).toMatchObject({
      reason: 'empty_answer',
    });
  });

  it('ends when somebody is handed to who is not there, or hands over to itself', async () => {
    const outside = speaker('outside');
    const { outcome, tree } = await play((logger) => {
      const client = createScriptedClient([over('outside')], { logger });
      const front = new SimpleAgent({ id: 'front', client, tools: [handoffTo(outside)] });
      return swarm({ agents: [front] });
    });
    expect(outcome).toMatchObject({
      reason: 'handoff',
      detail: 'front has handed over to outside, who is not in the swarm',
    });
    expectWhole(tree);
    const itself = await play(swarm({ agents: [speaker('a', ['HANDOFF a'])] }));
    expect(itself.outcome).toMatchObject({ reason: 'done', content: 'a2' });
    expect(edges(itself.tree)[1]).toBe('moderator>a Please go on.');
  });

  it('can hand over to a pattern', async () => {
    const inner = debate({ debaters: [speaker('x'), speaker('y')], judge: speaker('j'), rounds: 1 });
    const { outcome, tree } = await play(
      swarm({ agents: [speaker('a', ['HANDOFF debate: who is right?']), inner] }),
    );
    expect(outcome).toMatchObject({ reason: 'done', content: 'j1', turns: 4 });
    expectWhole(tree);
  });

  it('hands over by tools over a real server', async () => {
    await using server = await startOfflineServer();
    const { tree, error, events } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const money = new SimpleAgent({ id: 'money', client, description: 'pays money back' });
      const pay = handoffTo(money, { name: 'pay_back', description: 'For whoever wants money back.' });
      const front = new SimpleAgent({ id: 'front', client, tools: [pay] });
      return streamPattern(swarm({ agents: [front, money] }), 'Please pay back my money for the kettle.', {
        logger,
      });
    });
    expect(error).toBeUndefined();
    expectWhole(tree);
    expect(events.at(-1)).toMatchObject({ outcome: { reason: 'done', from: 'money', turns: 2 } });
    expect(tree.agents.map(({ id, calls }) => [id, calls.length])).toEqual([
      ['user', 0],
      ['front', 1],
      ['money', 1],
    ]);
    expect(server.totals.requests).toBe(2);
  });

  it('refuses what is no swarm', () => {
    const [a, b] = [speaker('a'), speaker('b')];
    const wrong: (() => unknown)[] = [
      () => swarm({ agents: [] }),
      () => swarm({ agents: [a, b], first: 'c' }),
      () => swarm({ agents: [a, a] }),
      () => swarm({ agents: [a], maxHandoffs: 0 }),
      () => swarm({ agents: [a], stop: 1 as never }),
    ];
    for (const each of wrong) expect(each).toThrow(InvalidScenarioError);
  });
});
