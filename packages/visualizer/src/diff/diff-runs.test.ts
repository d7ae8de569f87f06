import type { CallNode } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { diffRuns } from './diff-runs.ts';

/** An agent's conversation: each call sends all that was said before, by reference, and one question more. */
function talk(questions: string[], prefix = 'c', fields: Partial<CallNode> = {}): CallNode[] {
  return questions.map((question, i) =>
    buildCall(`${prefix}${i}`, {
      started_at: timeAt(i * 2),
      ended_at: timeAt(i * 2 + 1),
      pre: {
        provider: 'openai',
        model: 'gpt-5-mini',
        ...(i > 0 && { history: { call_id: `${prefix}${i - 1}`, take: i } }),
        messages: [{ role: 'user', content: question }],
      },
      post: { id: `${prefix}-random-${i}`, message: { role: 'assistant', content: `about ${question}` } },
      ...fields,
    }),
  );
}

const run = (calls: CallNode[]) => buildTree({ agents: [buildAgent('a', calls)] });

describe('diffRuns', () => {
  it('finds nothing between executions that differ by times and ids only', () => {
    const a = run(talk(['one', 'two']));
    const b = run(talk(['one', 'two'], 'x', { started_at: timeAt(40), duration_ms: 9 }));
    expect(diffRuns(a, b)).toMatchObject({
      isSame: true,
      calls: { same: 2, changed: 0, removed: 0, added: 0 },
    });
  });

  it('does not count ids that a provider draws for tool calls', () => {
    const asking = (id: string) =>
      run([
        buildCall('c', {
          pre: {
            provider: 'p',
            model: 'm',
            messages: [
              {
                role: 'assistant',
                content: null,
                tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: '{}' } }],
              },
              { role: 'tool', tool_call_id: id, content: 'seen' },
            ],
          },
        }),
      ]);
    expect(diffRuns(asking('call_1'), asking('call_2')).isSame).toBe(true);
  });

  it('names the first call that differs, and what differs first in it', () => {
    const a = run(talk(['one', 'two', 'three']));
    const { firstDivergence, calls, prompts } = diffRuns(a, run(talk(['one', 'TWO', 'three'])));
    expect(calls).toEqual({ same: 1, changed: 2, removed: 0, added: 0 });
    expect(prompts.changed).toBe(2);
    expect(firstDivergence).toMatchObject({
      kind: 'changed',
      agentId: 'a',
      a: { callId: 'c1', ordinal: 2 },
      b: { callId: 'c1', ordinal: 2 },
    });
    expect(firstDivergence?.differences[0]).toEqual({
      field: 'messages',
      index: 1,
      role: 'user',
      a: 'two',
      b: 'TWO',
    });
  });

  it('goes on after a call that was put in', () => {
    const a = run(talk(['one', 'two', 'three']));
    const b = run(talk(['one', 'also', 'two', 'three']));
    expect(diffRuns(a, b)).toMatchObject({
      calls: { same: 1, changed: 2, removed: 0, added: 1 },
      firstDivergence: { kind: 'added', b: { ordinal: 2 } },
    });
  });

  it.each([
    [
      'model',
      { pre: { provider: 'openai', model: 'gpt-5', messages: [{ role: 'user', content: 'hello' }] } },
    ],
    ['status', { status: 'truncated' }],
    ['reply', { post: { message: { role: 'assistant', content: 'no' }, finish_reason: 'stop' } }],
    ['attempts', { attempts: [{ number: 1, provider: 'p', started_at: timeAt(1), status: 'error' }] }],
    ['cost', { cost_usd: 1 }],
    ['tool_results', { tool_calls: [{ id: 't', name: 'look', status: 'ok', result: 'seen' }] }],
    ['error', { error: { type: 'E', message: 'x' } }],
  ] as const)('sees a different %s', (field, fields) => {
    const { firstDivergence } = diffRuns(
      run([buildCall('c')]),
      run([buildCall('c', structuredClone(fields) as Partial<CallNode>)]),
    );
    expect(firstDivergence?.differences.map((each) => each.field)).toEqual([field]);
  });

  it('says which parameter differs, and not that one was streamed', () => {
    const asked = (parameters: CallNode['pre']['parameters'] & object) =>
      run([buildCall('c', { pre: { provider: 'p', model: 'm', messages: [], parameters } })]);
    expect(diffRuns(asked({ seed: 1, stream: true }), asked({ seed: 1 })).isSame).toBe(true);
    expect(
      diffRuns(asked({ seed: 1, temperature: 0 }), asked({ seed: 1, temperature: 1 })).firstDivergence
        ?.differences,
    ).toEqual([{ field: 'parameters', name: 'temperature', a: '0', b: '1' }]);
  });

  it('takes agents by id, and compares who took part', () => {
    const a = buildTree({ agents: [buildAgent('__proto__', [buildCall('c')])], messages: [buildMessage()] });
    const b = buildTree({
      agents: [buildAgent('other', [buildCall('c')])],
      messages: [buildMessage(), buildMessage()],
    });
    const diff = diffRuns(a, b);
    expect(diff.calls).toEqual({ same: 0, changed: 0, removed: 1, added: 1 });
    expect(diff.topology.removedNodes).toContainEqual({ kind: 'agent', id: '__proto__' });
    expect(diff.topology.changedEdges).toEqual([{ kind: 'message', from: 'a', to: 'b', a: 1, b: 2 }]);
    expect(diff.messages).toEqual({ same: 1, removed: 0, added: 1 });
    expect(diff.agents.map(({ agentId }) => agentId)).toEqual(['__proto__', 'other']);
  });

  it('compares system prompts word by word', () => {
    const told = (content: string) =>
      run([buildCall('c', { pre: { provider: 'p', model: 'm', messages: [{ role: 'system', content }] } })]);
    expect(diffRuns(told('You are kind.'), told('You are strict.')).prompts.system).toMatchObject([
      { agentId: 'a', words: { removedWords: 1, addedWords: 1 } },
    ]);
  });
});
