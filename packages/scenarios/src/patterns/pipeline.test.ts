import { CriticAgent, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { failing, faultsOf, play, rows, saying, scripted, silent } from '../../test/patterns-support.ts';
import { record } from '../../test/support.ts';
import { InvalidScenarioError, pipeline, streamPattern } from '../index.ts';

const appending = (id: string) => saying(id, ({ content }) => `${content}>${id}`);

describe('pipeline', () => {
  it('has each work on what the one before has made', async () => {
    const { outcome, ...recorded } = await play(
      pipeline([appending('a'), appending('b'), appending('c')]),
      {},
      'x',
    );
    expect(outcome).toEqual({ reason: 'done', turns: 3, messages: 4, content: 'x>a>b>c', from: 'c' });
    expect(rows(recorded)).toEqual([
      ['user', 'a', 'x', 'handled'],
      ['a', 'b', 'x>a', 'handled'],
      ['b', 'c', 'x>a>b', 'handled'],
      ['c', 'user', 'x>a>b>c', 'handled'],
    ]);
  });

  it('sends work back by way of a critic, until it passes', async () => {
    const draft = scripted('draft', 'poor', 'good');
    const critic = scripted(
      'critic',
      { passed: false, feedback: 'Be good.' },
      { passed: true, feedback: '' },
    );
    const { outcome, ...recorded } = await play(
      pipeline([{ member: draft, gate: critic }, appending('last')]),
    );
    expect(outcome).toMatchObject({ reason: 'done', content: 'good>last' });
    expect(rows(recorded).map(([from, to]) => [from, to])).toEqual([
      ['user', 'draft'],
      ['draft', 'critic'],
      ['critic', 'draft'],
      ['draft', 'critic'],
      ['draft', 'last'],
      ['last', 'user'],
    ]);
    expect(rows(recorded)[2]?.[2]).toBe(
      'Your task was:\nthe task\n\nYour work:\npoor\n\nIt was sent back:\nBe good.',
    );
  });

  it('ends with the last work when it does not pass its gate', async () => {
    const gate = () => 'never good enough';
    const { outcome } = await play(
      pipeline([{ member: scripted('a', '1', '2', '3'), gate, maxRevisions: 1 }, appending('b')]),
    );
    expect(outcome).toMatchObject({
      reason: 'rejected',
      detail: 'user did not let it pass after 1 revisions: never good enough',
      content: '2',
      from: 'a',
    });
  });

  it('takes an answer that is no verdict for a no', async () => {
    const { outcome } = await play(
      pipeline([{ member: scripted('a', 'w'), gate: scripted('c', 'Hm.'), maxRevisions: 0 }]),
    );
    expect(outcome).toMatchObject({ reason: 'rejected', detail: expect.stringContaining('Hm.') });
  });

  it('ends where somebody has nothing to say, fails, or does not answer in time', async () => {
    const empty = await play(pipeline([appending('a'), scripted('b', ' '), appending('c')]));
    expect(empty.outcome).toMatchObject({
      reason: 'empty_answer',
      detail: 'b has answered nothing',
      turns: 2,
    });
    const failed = await play(pipeline([appending('a'), failing('b'), appending('c')]));
    expect(failed.error).toMatchObject({ message: 'broken' });
    const never = await play(pipeline([appending('a'), silent('b')]), { deadlineMs: 20 });
    expect(never.error).toMatchObject({ code: 'undeliverable', reason: 'deadline' });
    for (const { tree } of [empty, failed, never]) expect(faultsOf(tree)).toEqual([]);
  });

  it('takes patterns for members, and an agent more than once', async () => {
    const a = appending('a');
    const { outcome, tree } = await play(pipeline([pipeline([a, appending('b')]), a, a]), {}, 'x');
    expect(outcome).toMatchObject({ reason: 'done', content: 'x>a>b>a>a' });
    expect(faultsOf(tree)).toEqual([]);
    expect(tree.messages.every(({ status }) => status === 'handled')).toBe(true);
  });

  it('puts every call and every message under its cause, with a model behind it', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const writer = new SimpleAgent({ id: 'writer', client });
      const critic = new CriticAgent({ id: 'critic', client, criteria: ['It is short.'] });
      const editor = new SimpleAgent({ id: 'editor', client });
      const pattern = pipeline([{ member: writer, gate: critic, maxRevisions: 1 }, editor]);
      return streamPattern(pattern, 'Say how bridges are built.', { logger });
    });
    expect(error).toBeUndefined();
    expect(faultsOf(tree)).toEqual([]);
    expect(tree.messages.filter(({ from, call_id }) => from !== 'user' && call_id === undefined)).toEqual([]);
    expect(tree.run.totals.calls).toBe(server.totals.requests);
  });

  it('refuses what makes no sense', () => {
    for (const wrong of [[], [undefined], [{}], ['a'], undefined])
      expect(() => pipeline(wrong as never)).toThrow(InvalidScenarioError);
    const member = appending('a');
    expect(() => pipeline([{ member, gate: 'no' as never }])).toThrow(/neither a function nor an agent/);
    expect(() => pipeline([{ member, gate: () => true, maxRevisions: -1 }])).toThrow(/maxRevisions is -1/);
  });
});
