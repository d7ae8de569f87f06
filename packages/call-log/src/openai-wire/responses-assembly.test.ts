import { describe, expect, it } from 'vitest';
import { ResponsesAssembly } from './responses-assembly.ts';

function outcomeOf(...values: object[]) {
  const assembly = new ResponsesAssembly();
  const deltas = values.map((value) => assembly.push(value));
  return { status: assembly.ending, error: assembly.failure, reply: assembly.reply(), deltas };
}

const call = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'add', arguments: '{"a":1}' };
const whole = { object: 'response', id: 'r', model: 'm', status: 'completed', output: [call] };

describe('a response', () => {
  it('with tool calls has them in its message', () => {
    const custom = { type: 'custom_tool_call', call_id: 'c2', name: 'run', input: 'ls' };
    const thought = { type: 'reasoning', summary: [{ text: 'Hm.' }] };
    const { status, reply } = outcomeOf({ ...whole, output: [thought, call, custom] });
    expect(status).toBe('ok');
    expect(reply.finish_reason).toBe('tool-calls');
    expect(reply.message).toEqual({
      role: 'assistant',
      content: null,
      reasoning_content: 'Hm.',
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
        { id: 'c2', type: 'custom', custom: { name: 'run', input: 'ls' } },
      ],
    });
  });

  it.each([
    ['incomplete', { reason: 'max_output_tokens' }, 'ok', 'length', undefined],
    ['incomplete', { reason: 'content_filter' }, 'ok', 'content-filter', undefined],
    ['cancelled', null, 'aborted', 'other', true],
    ['queued', null, 'ok', 'other', true],
  ])('that is %s (%j) ends as %s, %s', (status, incomplete_details, ending, reason, partial) => {
    const outcome = outcomeOf({ ...whole, status, incomplete_details });
    expect(outcome).toMatchObject({ status: ending, reply: { finish_reason: reason } });
    expect(outcome.reply.partial).toBe(partial);
  });

  it('that failed is an error', () => {
    const error = { code: 'server_error', message: 'oh' };
    expect(outcomeOf({ ...whole, status: 'failed', error })).toMatchObject({ status: 'error', error });
    expect(outcomeOf({ type: 'error', code: 'x', message: 'no' }).error).toMatchObject({
      code: 'x',
      message: 'no',
    });
  });

  it('that is cut off has what had come of it', () => {
    const { status, reply } = outcomeOf(
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message', content: [] } },
      { type: 'response.output_text.delta', output_index: 0, delta: 'Bon' },
      { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"a"' },
    );
    expect(status).toBe('truncated');
    expect(reply).toMatchObject({
      id: 'r',
      partial: true,
      message: { content: 'Bon', tool_calls: [{ function: { arguments: '{"a"' } }] },
    });
    expect(reply.finish_reason).toBeUndefined();
  });
});

describe('the events of a response', () => {
  it('say what each of them added', () => {
    const { deltas, status, reply } = outcomeOf(
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', summary: [] } },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'Hm.' },
      { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"a"' },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: ':1}' },
      { type: 'response.output_item.done', output_index: 1, item: call },
      { type: 'response.output_item.done', output_index: 2, item: { ...call, call_id: 'c2' } },
      { type: 'response.completed', response: { ...whole, output: [] } },
    );
    const none = { text: '', reasoning: '', toolCalls: [] };
    expect(deltas).toEqual([
      none,
      none,
      { ...none, reasoning: 'Hm.' },
      { ...none, toolCalls: [{ index: 0, id: 'c1', name: 'add', arguments: '' }] },
      { ...none, toolCalls: [{ index: 0, arguments: '{"a"' }] },
      { ...none, toolCalls: [{ index: 0, arguments: ':1}' }] },
      none,
      { ...none, toolCalls: [{ index: 1, id: 'c2', name: 'add', arguments: '{"a":1}' }] },
      none,
    ]);
    expect(status).toBe('ok');
    expect(reply.message).toMatchObject({
      reasoning_content: 'Hm.',
      tool_calls: [{ id: 'c1' }, { id: 'c2' }],
    });
  });

  it('of a model that shows its thoughts have them', () => {
    const thought = { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm.' }] };
    expect(outcomeOf({ ...whole, output: [thought] }).reply.message?.reasoning_content).toBe('Hm.');
  });
});

it.each([
  [{ object: 'response', output: [null, 1, { type: 'message', content: 'x' }], usage: 'lots' }],
  [{ object: 'response', output: 'none', status: 7, error: 'oh' }],
  [{ object: 'response', output: [{ type: 'reasoning', summary: [null] }, { type: 'function_call' }] }],
  [{ type: 'response.output_item.added', output_index: 0, item: null }],
  [{ type: 'response.output_text.delta', output_index: -1, delta: 'x' }],
  [{ type: 'response.completed', response: null }],
  [{ type: 'response.completed', response: 'whole' }],
])('nonsense does not throw: %j', (value) => {
  const { reply, status } = outcomeOf(value as object);
  expect(JSON.stringify(reply)).toBeTypeOf('string');
  expect(['ok', 'error', 'truncated']).toContain(status);
});
