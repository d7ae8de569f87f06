import { SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { failing, faultsOf, play, rows, saying, scripted, silent } from '../../test/patterns-support.ts';
import { record } from '../../test/support.ts';
import { InvalidScenarioError, parallel, pipeline, streamPattern } from '../index.ts';

describe('parallel', () => {
  it('gives all the task at the same time; all answers are the result, in the order of the members', async () => {
    const both = Promise.withResolvers<void>();
    const a = saying('a', async () => {
      await both.promise;
      return 'A';
    });
    const b = saying('b', () => {
      both.resolve();
      return 'B';
    });
    const { outcome, ...recorded } = await play(parallel({ members: [a, b] }));
    expect(outcome).toEqual({ reason: 'done', turns: 2, messages: 4, content: 'a:\nA\n\nb:\nB' });
    expect(rows(recorded)).toEqual([
      ['user', 'a', 'the task', 'handled'],
      ['user', 'b', 'the task', 'handled'],
      ['a', 'user', 'A', 'handled'],
      ['b', 'user', 'B', 'handled'],
    ]);
  });

  it('first: takes the one that is there first, and takes the task back from the others', async () => {
    let aborted = 0;
    const slow = saying('slow', (_, { signal }) => {
      signal?.addEventListener('abort', () => aborted++);
      return new Promise<string>(() => {});
    });
    const nested = pipeline([scripted('x', 'x'), silent('y')]);
    const quick = saying('quick', () => new Promise<string>((resolve) => setTimeout(resolve, 5, 'Q')));
    const { outcome, tree, events } = await play(parallel({ members: [slow, nested, quick], join: 'first' }));
    expect(outcome).toMatchObject({ reason: 'done', content: 'Q', from: 'quick' });
    expect(aborted).toBe(1);
    expect(faultsOf(tree)).toEqual([]);
    const ends = tree.messages.map(({ to, status }) => [to, status]);
    expect(ends).toContainEqual(['slow', 'dead_lettered']);
    expect(ends).toContainEqual(['y', 'dead_lettered']);
    expect(events.filter(({ type }) => type === 'message-lost')).toMatchObject([
      { reason: 'withdrawn' },
      { reason: 'withdrawn' },
    ]);
    expect(events.filter(({ type }) => type === 'agent-failed')).toEqual([]);
  });

  it('first: the calls of the others are aborted, and on record as that', async () => {
    await using server = await startOfflineServer({ chunkDelayMs: 100 });
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const slow = new SimpleAgent({ id: 'slow', client });
      const quick = saying('quick', () => new Promise<string>((resolve) => setTimeout(resolve, 150, 'Q')));
      return streamPattern(parallel({ members: [slow, quick], join: 'first' }), 'Tell a long story.', {
        logger,
      });
    });
    expect(error).toBeUndefined();
    expect(tree.messages.map(({ from, to, status }) => [from, to, status])).toEqual([
      ['user', 'slow', 'dead_lettered'],
      ['user', 'quick', 'handled'],
      ['quick', 'user', 'handled'],
    ]);
    expect(tree.agents.find(({ id }) => id === 'slow')?.calls.map(({ status }) => status)).toEqual([
      'aborted',
    ]);
  });

  it('majority: counts votes, and says how a tie was decided', async () => {
    const members = [scripted('a', 'No.'), scripted('b', ' yes'), scripted('c', 'YES!')];
    const { outcome, ...recorded } = await play(parallel({ members, join: 'majority' }));
    expect(outcome).toMatchObject({ content: ' yes', from: 'b', detail: '2 of 3 agree' });
    expect(
      rows(recorded)
        .slice(3)
        .map(([from, to]) => [from, to]),
    ).toEqual([
      ['a', 'user'],
      ['c', 'user'],
      ['b', 'user'],
    ]);
    const tie = parallel({ members: [scripted('a', '1'), scripted('b', '2')], join: 'majority' });
    expect((await play(tie)).outcome).toMatchObject({
      content: '1',
      detail: "2 answers have 1 of 2 votes each; the first member's of them was taken",
    });
    const vote = ({ content }: { content: string }) => String(content.length);
    const byLength = parallel({
      members: [scripted('a', 'x'), scripted('b', 'yy'), scripted('c', 'zz')],
      join: 'majority',
      vote,
    });
    expect((await play(byLength)).outcome).toMatchObject({ content: 'yy' });
  });

  it('reduces by a function or by an agent, which hears every answer', async () => {
    const members = [scripted('a', '1'), scripted('b', '2')];
    const sum = parallel({
      members,
      join: (answers) => String(answers.reduce((n, { content }) => n + Number(content), 0)),
    });
    expect((await play(sum)).outcome).toMatchObject({ content: '3' });
    const by = saying('sum', ({ content }) => `all of: ${content}`);
    const { outcome, ...recorded } = await play(parallel({ members, join: by }));
    expect(outcome).toMatchObject({
      content: 'all of: the task\n\nWhat was answered:\n\na:\n1\n\nb:\n2',
      from: 'sum',
      turns: 3,
    });
    expect(rows(recorded).map(([from, to]) => [from, to])).toEqual([
      ['user', 'a'],
      ['user', 'b'],
      ['a', 'sum'],
      ['b', 'sum'],
      ['user', 'sum'],
      ['sum', 'user'],
    ]);
  });

  it('bears as many failures as it may, empty answers among them', async () => {
    const members = [scripted('a', 'A'), failing('b'), scripted('c', '')];
    expect((await play(parallel({ members, tolerate: 2 }))).outcome).toMatchObject({ content: 'a:\nA' });
    const { error, tree } = await play(parallel({ members, tolerate: 1 }));
    expect(error).toMatchObject({
      code: 'members_failed',
      message: '2 of 3 members have failed, and 1 may: b: broken; c: c has answered nothing',
    });
    expect(faultsOf(tree)).toEqual([]);
    const first = await play(parallel({ members: [failing('x'), scripted('y', '')], join: 'first' }));
    expect(first.error).toMatchObject({ code: 'members_failed' });
    const late = await play(parallel({ members: [silent('s'), scripted('t', 'T')], tolerate: 1 }), {
      deadlineMs: 20,
    });
    expect(late.outcome).toMatchObject({ content: 't:\nT' });
    expect(late.tree.messages.find(({ to }) => to === 's')?.status).toBe('rejected');
  });

  it('has one after the other work who share an agent', async () => {
    const a = scripted('a', '1', '2', '3');
    const b = saying('b', ({ content }) => new Promise((resolve) => setTimeout(resolve, 5, content)));
    const { outcome } = await play(parallel({ members: [pipeline([b, a]), pipeline([a]), a] }));
    expect(outcome).toMatchObject({ content: 'a:\n1\n\na:\n2\n\na:\n3' });
  });

  it('leaves nothing running after an abort', async () => {
    for (const join of ['all', 'first'] as const) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('enough')), 10);
      const { error, tree } = await play(parallel({ members: [silent('a'), silent('b')], join }), {
        signal: controller.signal,
      });
      expect(error).toMatchObject({ message: 'enough' });
      expect(faultsOf(tree)).toEqual([]);
    }
  });

  it('refuses what makes no sense', () => {
    const members = [scripted('a', '')];
    for (const wrong of [
      undefined,
      {},
      { members: [] },
      { members, join: 'some' },
      { members, concurrency: 0 },
      { members, tolerate: -1 },
      { members, vote: 1 },
    ])
      expect(() => parallel(wrong as never)).toThrow(InvalidScenarioError);
  });

  it('puts every answer under the call that made it, with a model behind it', async () => {
    await using server = await startOfflineServer();
    const { tree } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const [a, b, sum] = ['a', 'b', 'sum'].map((id) => new SimpleAgent({ id, client })) as [
        SimpleAgent,
        SimpleAgent,
        SimpleAgent,
      ];
      return streamPattern(parallel({ members: [a, b], join: sum }), 'How does one build a bridge?', {
        logger,
      });
    });
    expect(faultsOf(tree)).toEqual([]);
    expect(tree.messages.filter(({ from, call_id }) => from !== 'user' && call_id === undefined)).toEqual([]);
    expect(server.totals.requests).toBe(3);
  });
});
