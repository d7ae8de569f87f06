import { SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failing, faultsOf, play, rows, saying, scripted } from '../../test/patterns-support.ts';
import { record } from '../../test/support.ts';
import { graph, InvalidScenarioError, parallel, streamPattern } from '../index.ts';

const appending = (id: string) => saying(id, ({ content }) => `${content}>${id}`);

describe('graph', () => {
  it('goes on where the conditions are met, and round until they are', async () => {
    const pattern = graph<{ drafts: number }>({
      nodes: {
        write: {
          member: scripted('writer', 'one', 'two', 'three'),
          keep: (_, { drafts }) => ({ drafts: drafts + 1 }),
        },
        review: scripted('critic', 'no', 'no', 'yes'),
        publish: { member: appending('press'), say: ({ state }) => `draft ${state.drafts}` },
      },
      edges: [
        { from: 'write', to: 'review' },
        { from: 'review', to: 'write', when: (_, said) => said?.content === 'no' },
        { from: 'review', to: 'publish', when: (_, said) => said?.content === 'yes' },
      ],
      start: 'write',
      state: { drafts: 0 },
    });
    const { outcome, ...recorded } = await play(pattern);
    expect(outcome).toMatchObject({
      reason: 'done',
      detail: 'ended at publish after 7 steps',
      content: 'draft 3>press',
      from: 'press',
    });
    expect(
      rows(recorded)
        .map(([from, to, content]) => [from, to, content])
        .slice(0, 4),
    ).toEqual([
      ['user', 'writer', 'the task'],
      ['writer', 'critic', 'one'],
      ['critic', 'writer', 'no'],
      ['writer', 'critic', 'two'],
    ]);
    expect(faultsOf(recorded.tree)).toEqual([]);
    // A pattern may be played again: nothing of the run before is left.
    expect((await play(pattern)).outcome).toMatchObject({
      detail: expect.stringContaining('ended at publish'),
    });
  });

  it('goes several ways at the same time, and joins them', async () => {
    const pattern = graph<{ total: number }>({
      nodes: {
        split: () => undefined,
        left: { member: appending('left'), keep: (_, { total }) => ({ total: total + 1 }) },
        right: appending('right'),
        longer: appending('longer'),
        join: appending('join'),
      },
      edges: [
        { from: 'split', to: 'left' },
        { from: 'split', to: 'right' },
        { from: 'right', to: 'longer' },
        { from: ['left', 'longer'], to: 'join' },
      ],
      start: 'split',
      state: { total: 0 },
      result: ({ total }) => `total ${total}`,
    });
    const { outcome, ...recorded } = await play(pattern, {}, 'x');
    expect(outcome).toMatchObject({ content: 'total 1', from: 'join', turns: 4 });
    expect(rows(recorded).map(([from, to, content]) => [from, to, content])).toEqual([
      ['user', 'left', 'x'],
      ['user', 'right', 'x'],
      ['right', 'longer', 'x>right'],
      ['left', 'join', 'x>left'],
      ['longer', 'join', 'x>right>longer'],
      ['user', 'join', 'left:\nx>left\n\nlonger:\nx>right>longer'],
      ['join', 'user', 'total 1'],
    ]);
  });

  it('says where it ended: at its limit, at a join that waits, in several places, with nothing said', async () => {
    const a = appending('a');
    const b = appending('b');
    const loop = graph({
      nodes: { a, b },
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a', when: () => true },
      ],
      start: 'a',
      maxSteps: 5,
    });
    expect((await play(loop)).outcome).toMatchObject({
      reason: 'max_steps',
      detail: 'stopped at a after 5 steps',
      turns: 5,
    });
    const limited = graph({
      nodes: { a, b },
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a', maxTimes: 2 },
      ],
      start: 'a',
    });
    expect((await play(limited, {}, 'x')).outcome).toMatchObject({
      reason: 'done',
      content: 'x>a>b>a>b>a>b',
    });
    const stuck = graph({
      nodes: { a, b, c: appending('c') },
      edges: [
        { from: 'a', to: 'b', when: () => false },
        { from: ['a', 'b'], to: 'c' },
      ],
      start: 'a',
    });
    expect((await play(stuck)).outcome).toMatchObject({ reason: 'stuck', detail: 'c waits for b' });
    const two = graph({
      nodes: { s: () => undefined, a, b },
      edges: [
        { from: 's', to: 'a' },
        { from: 's', to: 'b' },
      ],
      start: 's',
    });
    const both = await play(two, {}, 'x');
    expect(both.outcome).toMatchObject({
      detail: 'ended at a, b after 2 steps',
      content: 'a:\nx>a\n\nb:\nx>b',
    });
    const empty = graph({ nodes: { a, n: scripted('n', '') }, edges: [{ from: 'a', to: 'n' }], start: 'a' });
    expect((await play(empty)).outcome).toMatchObject({
      reason: 'empty_answer',
      detail: 'n has answered nothing',
    });
  });

  it('is checked before anything is said', () => {
    const a = appending('a');
    const refused = (options: object, message: RegExp) => {
      expect(() => graph({ nodes: { a }, edges: [], start: 'a', ...options } as never)).toThrow(
        InvalidScenarioError,
      );
      expect(() => graph({ nodes: { a }, edges: [], start: 'a', ...options } as never)).toThrow(message);
    };
    refused({ edges: [{ from: 'a', to: 'z' }] }, /names z, which is no node/);
    refused({ start: 'z' }, /the start names z/);
    refused({ nodes: {} }, /there are no nodes|no node/);
    refused({ nodes: { a, b: a } }, /no way leads from a to b/);
    refused(
      {
        nodes: { a, b: a },
        edges: [
          { from: 'a', to: 'b' },
          { from: 'b', to: 'a' },
        ],
      },
      /no way leads from a to an end/,
    );
    refused({ nodes: { a: 1 } }, /the node a is neither/);
    refused({ maxSteps: 0 }, /maxSteps is 0/);
    refused({ nodes: undefined }, /needs nodes/);
    expect(() => graph(undefined as never)).toThrow(InvalidScenarioError);
  });

  it('holds the state to its schema, at first and after each step', async () => {
    const schema = z.object({ count: z.number().max(1) });
    const edges = [{ from: 'a', to: 'a', when: () => true }];
    const nodes = { a: ({ state }: { state: { count: number } }) => ({ count: state.count + 1 }) };
    const { error } = await play(graph({ nodes, edges, start: 'a', state: { count: 0 }, schema }));
    expect(error).toMatchObject({ code: 'invalid_state', issues: [{ path: 'count' }] });
    const wrong = await play(graph({ nodes, edges, start: 'a', state: { count: 'no' } as never, schema }));
    expect(wrong.error).toMatchObject({ code: 'invalid_state' });
  });

  it('throws what a node throws, when those beside it are through', async () => {
    const nodes = { s: () => undefined, bad: failing('bad'), good: appending('good') };
    const edges = [
      { from: 's', to: 'bad' },
      { from: 's', to: 'good' },
    ];
    const { error, tree } = await play(graph({ nodes, edges, start: 's' }));
    expect(error).toMatchObject({ message: 'broken' });
    expect(tree.messages.map(({ status }) => status)).toEqual(['rejected', 'handled']);
  });

  it('works with models and with patterns as nodes', async () => {
    await using server = await startOfflineServer();
    const { tree, error } = await record((logger) => {
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
      const agent = (id: string) => new SimpleAgent({ id, client });
      const pattern = graph({
        nodes: {
          ask: agent('ask'),
          think: parallel({ members: [agent('x'), agent('y')] }),
          end: agent('end'),
        },
        edges: [
          { from: 'ask', to: 'think' },
          { from: 'think', to: 'end' },
        ],
        start: 'ask',
      });
      return streamPattern(pattern, 'How does one build a bridge?', { logger });
    });
    expect(error).toBeUndefined();
    expect(faultsOf(tree)).toEqual([]);
    expect(server.totals.requests).toBe(4);
  });
});
