import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../../fixtures/build-tree.ts';
import { openTree } from '../../fixtures/open-tree.ts';
import { findMatches } from './filter.ts';
import { findInBodies } from './find-in-bodies.ts';
import { parseQuery } from './query.ts';

const run = await openTree(
  buildTree({
    agents: [
      buildAgent('planner', [
        buildCall('c1', { started_at: timeAt(0), ended_at: timeAt(2), duration_ms: 2000, cost_usd: 0.02 }),
        buildCall('c2', {
          started_at: timeAt(3),
          ended_at: timeAt(4),
          duration_ms: 1000,
          status: 'error',
          error: { type: 'RateLimitError', message: 'slow down' },
        }),
      ]),
      buildAgent('__proto__', [
        buildCall('c3', {
          started_at: timeAt(5),
          ended_at: timeAt(6),
          duration_ms: 5000,
          post: { message: { role: 'assistant', content: `${'long '.repeat(200)}needle` } },
          tool_calls: [{ id: 't1', name: 'Search', status: 'ok' }],
        }),
      ]),
    ],
    messages: [
      buildMessage({ id: 'm1', from: 'planner', to: '__proto__', at: timeAt(2), call_id: 'c1' }),
      buildMessage({ id: 'm2', from: '__proto__', to: 'planner', at: timeAt(6), status: 'dead_lettered' }),
    ],
  }),
);

function find(typed: string, wanted: { speaker?: number; from?: number; to?: number } = {}) {
  const { calls, messages } = findMatches(run, { ...wanted, query: parseQuery(typed) });
  return [...run.calls.id.filter((_, i) => calls[i]), ...run.messages.id.filter((_, i) => messages[i])];
}

describe('what is found', () => {
  it.each([
    ['', ['c1', 'c2', 'c3', 'm1', 'm2']],
    ['agent:planner', ['c1', 'c2', 'm1', 'm2']],
    ['from:planner', ['c1', 'c2', 'm1']],
    ['to:planner', ['m2']],
    ['from:plan', ['c1', 'c2', 'm1']],
    ['from=plan', []],
    ['from=planner to=__proto__', ['c1', 'm1']],
    ['from=__proto__ tool=Search', ['c3']],
    ['agent:__proto__', ['c3', 'm1', 'm2']],
    ['status:error', ['c2']],
    ['status:dead', ['m2']],
    ['error:ratelimit', ['c2']],
    ['slow', ['c2']],
    ['tool:search', ['c3']],
    ['cost>0.01', ['c1', 'm1']],
    ['duration<1.5s', ['c2']],
    ['cost<99', ['c1', 'm1']],
    ['id:c1', ['c1']],
    ['agent:planner -status:error', ['c1', 'm1', 'm2']],
    ['nobody-said-this', []],
  ])('%s', (typed, ids) => {
    expect(find(typed)).toEqual(ids);
  });

  it('is in the window of time and theirs', () => {
    expect(find('', { from: 2500, to: 4500 })).toEqual(['c2']);
    expect(find('', { speaker: 1 })).toEqual(['c3', 'm1', 'm2']);
  });

  it('is found in whole texts, too, with progress', async () => {
    const steps = [];
    for await (const step of findInBodies(run, parseQuery('NEEDLE'), new AbortController().signal))
      steps.push({ progress: step.progress, calls: [...step.matches.calls] });
    expect(steps.at(-1)).toEqual({ progress: 1, calls: [0, 0, 1] });
  });
});
