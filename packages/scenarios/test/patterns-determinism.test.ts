import type { Agent } from '@pd/agents';
import { SimpleAgent } from '@pd/agents';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import {
  graph,
  type Pattern,
  parallel,
  pipeline,
  planExecuteReview,
  streamPattern,
  supervisor,
} from '../src/index.ts';
import { createRandom } from '../src/random.ts';
import { faultsOf, late, saying, scripted } from './patterns-support.ts';
import { record } from './support.ts';

/** Makes the agents of one run: each takes its own time. */
type Make = (id: string, ...lines: (string | object)[]) => Agent;

const step = (id: string, dependsOn: string[], owner: string) => ({ id, task: `do ${id}`, dependsOn, owner });

const patterns: Record<string, (make: Make) => Pattern> = {
  pipeline: (make) => {
    const gate = make('critic', { passed: false, feedback: 'More.' }, { passed: true, feedback: '' });
    return pipeline([make('a'), { member: make('b'), gate }, make('c')]);
  },
  'parallel, nested, with an agent in two of its members': (make) => {
    const shared = make('shared');
    return parallel({
      members: [
        pipeline([make('a'), shared]),
        parallel({ members: [make('b'), make('c')], join: make('sum') }),
        pipeline([shared, make('d')]),
        parallel({ members: [make('e', 'x'), make('f', 'y')], join: 'majority' }),
      ],
      concurrency: 3,
    });
  },
  supervisor: (make) => {
    const tasks = ['a', 'b', 'a', 'c'].map((worker, i) => ({ worker, task: `task ${i}` }));
    const boss = make(
      'boss',
      { tasks, answer: '' },
      { tasks: tasks.slice(1), answer: '' },
      { tasks: [], answer: 'done' },
    );
    return supervisor({ supervisor: boss, workers: [make('a'), make('b'), make('c')] });
  },
  planExecuteReview: (make) => {
    const steps = [
      step('s1', [], 'a'),
      step('s2', [], 'b'),
      step('s3', [], 'c'),
      step('s4', ['s1'], 'b'),
      step('s5', ['s2'], 'a'),
      step('s6', ['s3'], 'a'),
      step('s7', ['s4', 's5', 's6'], 'c'),
    ];
    const critic = make('critic', { passed: false, feedback: 'More.' }, { passed: true, feedback: '' });
    return planExecuteReview({
      planner: make('planner', { steps }),
      executors: ['a', 'b', 'c'].map((id) => make(id)),
      critic,
    });
  },
  graph: (make) => {
    const again = { when: (state: { round: number }) => state.round < 2 };
    return graph<{ round: number }>({
      nodes: {
        s: () => undefined,
        a: make('a'),
        b: make('b'),
        c: make('c'),
        j: { member: make('j'), keep: (_, { round }) => ({ round: round + 1 }) },
      },
      edges: [
        { from: 's', to: 'a' },
        { from: 's', to: 'b' },
        { from: 'b', to: 'c' },
        { from: ['a', 'c'], to: 'j' },
        { from: 'j', to: 's', ...again },
      ],
      start: 's',
      state: { round: 0 },
    });
  },
};

async function treeOf(
  pattern: Pattern,
  client?: { logger: (logger: Parameters<Parameters<typeof record>[0]>[0]) => void },
) {
  const { tree, error } = await record((logger) => {
    client?.logger(logger);
    return streamPattern(pattern, 'the task', { logger, seed: 1 });
  });
  expect(error).toBeUndefined();
  expect(faultsOf(tree)).toEqual([]);
  return canonicalTree(tree);
}

describe.each(Object.entries(patterns))('%s', (_, build) => {
  it('leaves the same tree, however long everybody takes', async () => {
    const trees = [];
    for (let seed = 0; seed < 12; seed++) {
      const random = createRandom(seed);
      const make: Make = (id, ...lines) =>
        late(
          lines.length > 0
            ? scripted(id, ...lines)
            : saying(id, ({ content }) => `${id} of ${content.length}`),
          random,
        );
      trees.push(await treeOf(build(make)));
    }
    for (const tree of trees) expect(tree).toEqual(trees[0]);
  });
});

describe('with models', () => {
  it('leaves the same calls under the same agents, however long everybody takes', async () => {
    await using server = await startOfflineServer();
    const trees = [];
    for (let seed = 0; seed < 4; seed++) {
      const random = createRandom(seed);
      let client: LLMClient | undefined;
      const model = (id: string): Agent => {
        let agent: SimpleAgent | undefined;
        return saying(id, async (message, options) => {
          await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 10)));
          agent ??= new SimpleAgent({ id, client: client as LLMClient });
          return agent.respond(message, options);
        });
      };
      const shared = model('shared');
      const pattern = parallel({
        members: [pipeline([model('a'), shared]), pipeline([shared, model('b')])],
        join: model('sum'),
      });
      trees.push(
        await treeOf(pattern, {
          logger: (logger) => {
            client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
          },
        }),
      );
    }
    expect(server.totals.requests).toBe(20);
    for (const tree of trees) expect(tree).toEqual(trees[0]);
  });
});
