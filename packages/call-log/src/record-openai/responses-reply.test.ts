import { describe, expect, it } from 'vitest';
import { ResponsesReply } from './responses-reply.ts';

function outcomeOf(...values: object[]) {
  const reply = new ResponsesReply();
  for (const value of values) reply.push(value);
  return reply.outcome();
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
