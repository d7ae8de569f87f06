import { describe, expect, it } from 'vitest';
import {
  graph,
  maxTurns,
  type Pattern,
  parallel,
  pipeline,
  planExecuteReview,
  supervisor,
} from '../src/index.ts';
import { faultsOf, play, saying, scripted } from './patterns-support.ts';

const echo = (id: string) => saying(id, ({ content }) => `${id}: ${content.slice(0, 20)}`);
const step = (id: string, dependsOn: string[] = []) => ({ id, task: id, dependsOn });
const task = { worker: 'a', task: 'x' };

const patterns: Record<string, () => Pattern> = {
  pipeline: () => pipeline([echo('a'), echo('b'), echo('c')]),
  gate: () => pipeline([{ member: echo('a'), gate: scripted('critic', 'no'), maxRevisions: 9 }]),
  parallel: () => parallel({ members: [echo('a'), echo('b')], join: echo('sum') }),
  'parallel, one at a time': () => parallel({ members: [echo('a'), echo('b'), echo('c')], concurrency: 1 }),
  'parallel, first': () =>
    parallel({ members: [pipeline([echo('a'), echo('b'), echo('c')])], join: 'first' }),
  supervisor: () => supervisor({ supervisor: scripted('boss', { tasks: [task] }), workers: [echo('a')] }),
  planExecuteReview: () =>
    planExecuteReview({
      planner: scripted('p', { steps: [step('1'), step('2', ['1']), step('3', ['2'])] }),
      executors: [echo('a')],
    }),
  graph: () =>
    graph({
      nodes: { a: echo('a'), b: echo('b') },
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a', when: () => true },
      ],
      start: 'a',
    }),
};

describe('patterns that are stopped by a condition', () => {
  it.each(Object.entries(patterns))(
    '%s ends with what there is, and every message with it',
    async (_, build) => {
      const { outcome, tree, error } = await play(build(), { stop: maxTurns(2) });
      expect(error).toBeUndefined();
      expect(outcome).toMatchObject({ reason: 'max_turns', turns: 2 });
      expect(outcome?.content).not.toBe('');
      expect(faultsOf(tree)).toEqual([]);
    },
  );
});
