import { defineAgent, SimpleAgent } from '@pd/agents';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { record } from '../../test/support.ts';
import { type Asked, edges, expectWhole, play, shown, speaker } from '../../test/talking.ts';
import {
  debate,
  InvalidScenarioError,
  maxTurns,
  roundRobin,
  streamPattern,
  textMention,
  timeout,
} from '../index.ts';

const three = (asked: Asked[] = []) => ['a', 'b', 'c'].map((id) => speaker(id, [], { asked }));

describe('roundRobin', () => {
  it('has all speak in turn, each with the whole conversation before its eyes', async () => {
    const asked: Asked[] = [];
    const { outcome, tree } = await play(roundRobin({ agents: three(asked), stop: maxTurns(5) }));
    expect(outcome).toMatchObject({ reason: 'max_turns', turns: 5, content: 'b2', from: 'b' });
    expect(asked.map(({ by }) => by)).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect(shown(asked[4] as Asked)).toEqual(['user: Go.', 'a: a1', 'b1', 'c: c1', 'a: a2']);
    expect(edges(tree)).toEqual([
      'user>a Go.',
      'user>b Go.',
      'a>b a1',
      'user>c Go.',
      'a>c a1',
      'b>c b1',
      'b>a b1',
      'c>a c1',
      'c>b c1',
      'a>b a2',
      'b>user b2',
    ]);
    expectWhole(tree);
  });

  it('is ended by its limit without a condition, and by its condition before it', async () => {
    expect((await play(roundRobin({ agents: three() }))).outcome).toMatchObject({
      reason: 'max_turns',
      turns: 10,
    });
    const stop = textMention('c2').or(maxTurns(50));
    expect((await play(roundRobin({ agents: three(), stop }))).outcome).toMatchObject({
      reason: 'text_mention',
      turns: 6,
    });
  });

  it('asks one who is alone, or next again, to go on', async () => {
    const asked: Asked[] = [];
    const alone = roundRobin({ agents: [speaker('a', [], { asked })], maxTurns: 2 });
    const { tree, outcome } = await play(alone);
    expect(outcome).toMatchObject({ content: 'a2', turns: 2 });
    expect(edges(tree)).toEqual(['user>a Go.', 'moderator>a Please go on.', 'a>user a2']);
    expect(shown(asked[1] as Asked)).toEqual(['user: Go.', 'a1', 'moderator: Please go on.']);
    const [a, b] = three();
    if (a === undefined || b === undefined) throw new Error('no agents');
    const twice = await play(roundRobin({ agents: [a, b, a], maxTurns: 4 }));
    expect(twice.events.flatMap((event) => (event.type === 'turn-start' ? [event.speaker] : []))).toEqual([
      ...['a', 'b', 'a', 'a'],
    ]);
    expectWhole(twice.tree);
  });

  it.each([
    [{ content: ' ' }, 'empty_answer', 'b had nothing to say'],
    [{ content: '', stopReason: 'refusal', refusal: 'No.' }, 'refusal', 'b has said nothing: refusal (No.)'],
    [
      { content: '', stopReason: 'blocked', blockedBy: { name: 'g', on: 'output', reason: 'rude' } },
      'blocked',
      'b has said nothing: blocked (rude)',
    ],
    [{ content: '', stopReason: 'length' }, 'length', 'b has said nothing: length'],
  ] as const)('ends with what there was when somebody says nothing: %o', async (reply, reason, detail) => {
    const { outcome, tree } = await play(roundRobin({ agents: [speaker('a'), speaker('b', [reply])] }));
    expect(outcome).toMatchObject({ reason, detail, content: 'a1', from: 'a', turns: 2 });
    expectWhole(tree);
  });

  it('says so when the last answer was cut off', async () => {
    const cut = speaker('a', [{ content: 'To be', stopReason: 'length' }]);
    const { outcome } = await play(roundRobin({ agents: [cut], stop: maxTurns(1) }));
    expect(outcome).toMatchObject({
      reason: 'max_turns',
      content: 'To be',
      detail: '1 turns of 1; the last answer, of a, ended with length',
    });
  });

  it('can have a pattern take part, which is one turn and knows what was said before', async () => {
    const asked: Asked[] = [];
    const [a, b, c] = three(asked);
    if (a === undefined || b === undefined || c === undefined) throw new Error('no agents');
    const inner = debate({ debaters: [a, b], judge: c, rounds: 1 });
    const { outcome, tree } = await play(roundRobin({ agents: [a, inner], maxTurns: 4 }));
    expect(outcome).toMatchObject({ reason: 'max_turns', turns: 8, from: 'c' });
    expect(asked.map(({ by }) => by)).toEqual(['a', 'a', 'b', 'c', 'a', 'a', 'b', 'c']);
    expect(shown(asked[1] as Asked)).toEqual(['user: Go.', 'a1', 'moderator: Please go on.']);
    expect(shown(asked[2] as Asked)).toEqual(['user: Go.', 'a: a1', 'a: a2']);
    expectWhole(tree);
  });

  it('asks the time only for a condition that needs it, and by the clock of the scenario', async () => {
    let reads = 0;
    const clock = { now: () => new Date(1_000 * reads++), after: () => () => {} };
    const agents = three();
    await play(roundRobin({ agents, maxTurns: 3 }), 'Go.', { clock: clock as never });
    expect(reads).toBe(0);
    const { outcome } = await play(roundRobin({ agents, stop: timeout(2_500) }), 'Go.', {
      clock: clock as never,
    });
    expect(outcome).toMatchObject({ reason: 'timeout', turns: 3 });
  });

  it('counts tokens and dollars of those within it', async () => {
    const usage = { inputTokens: 2, outputTokens: 1, source: 'provider' } as const;
    const paid = speaker('p', [{ content: 'x', callId: 'none', usage, costUsd: 0.5 }]);
    const outer = roundRobin({ agents: [roundRobin({ agents: [paid], maxTurns: 1 })], maxTurns: 1 });
    expect((await play(outer)).outcome).toMatchObject({ usage, costUsd: 0.5 });
  });

  it('goes on with one that has taken the place of another', async () => {
    const asked: Asked[] = [];
    const broken = defineAgent({ id: 'a', respond: () => Promise.reject(new Error('broken')) });
    const pattern = roundRobin({ agents: [broken, speaker('b', [], { asked })], maxTurns: 4 });
    const { tree, outcome, error } = await play(pattern, 'Go.', {
      supervision: { onFailure: { replaceBy: speaker('a2', [], { asked }) } },
    });
    expect(error).toBeUndefined();
    expect(outcome).toMatchObject({ reason: 'max_turns', content: 'b2' });
    expect(shown(asked[2] as Asked)).toEqual(['user: Go.', 'a21', 'b: b1']);
    expect(tree.messages.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(tree.messages.some(({ status }) => status === 'dead_lettered')).toBe(false);
    expect(edges(tree)).toContain('a2>b a21');
  });

  it('is played over a real client, each message under its call', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const agents = ['ada', 'ben', 'cleo'].map(
        (id) => new SimpleAgent({ id, client, systemPrompt: `You are ${id}.` }),
      );
      return streamPattern(roundRobin({ agents, maxTurns: 6 }), 'How does one build a bridge?', { logger });
    });
    expect(error).toBeUndefined();
    expectWhole(tree);
    expect(tree.messages.filter(({ call_id }) => call_id === undefined)).toHaveLength(3);
    expect(tree.run.totals.calls).toBe(6);
    const last = tree.agents.find(({ id }) => id === 'cleo')?.calls.at(-1);
    if (last === undefined) throw new Error('no call');
    const roles = expandRequest(last, callsById(tree)).map(({ role, name }) => name ?? role);
    expect(roles).toEqual(['system', 'user', 'ada', 'ben', 'assistant', 'ada', 'ben']);
  });

  it('refuses what cannot talk', () => {
    const [a] = three();
    if (a === undefined) throw new Error('no agent');
    const wrong: (() => unknown)[] = [
      () => roundRobin({ agents: [] }),
      () => roundRobin({ agents: undefined as never }),
      () => roundRobin({ agents: [null as never] }),
      () => roundRobin({ agents: [a, speaker('a')] }),
      () => roundRobin({ agents: [a], maxTurns: 0 }),
      () => roundRobin({ agents: [a], maxTurns: Number.POSITIVE_INFINITY }),
      () => roundRobin({ agents: [a], stop: 'DONE' as never }),
    ];
    for (const each of wrong) expect(each).toThrow(InvalidScenarioError);
  });
});
