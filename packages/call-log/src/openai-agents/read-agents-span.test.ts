import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completion, response } from '../../test/openai-server.ts';
import type { AgentsSpan, AgentsSpanData } from './agents-span.ts';
import { readAgentsSpan } from './read-agents-span.ts';

function read(spanData: AgentsSpanData, more: Partial<AgentsSpan> = {}) {
  const times = { startedAt: '2026-01-02T03:04:05.006Z', endedAt: '2026-01-02T03:04:06.006Z' };
  const place = { traceId: 'trace_1', spanId: 'span_1', parentId: null, error: null };
  return readAgentsSpan({ ...place, ...times, spanData, ...more }, 'openai');
}

describe('a span of @openai/agents', () => {
  it('of the Responses API gives what the SDK keeps of request and response', () => {
    const echoed = {
      instructions: 'Be brief.',
      temperature: 1,
      tool_choice: 'auto',
      tools: [{ type: 'function', name: 'f' }],
    };
    const node = read({
      type: 'response',
      response_id: 'resp_1',
      _input: 'hello',
      _response: response(echoed),
    });
    expect(node.reading).toMatchObject({
      kind: 'call',
      operation: 'responses',
      provider: 'openai',
      model: 'served-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hello' },
      ],
      parameters: { temperature: 1, tool_choice: 'auto' },
      tools: [{ name: 'f' }],
      reply: { id: 'resp_1', message: { content: 'Bonjour.' }, finish_reason: 'stop' },
      usage: { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 2, reasoning_output_tokens: 1 },
    });
    expect(node).toMatchObject({ parentId: 'trace_1', start: 1_767_323_045_006_000_000n });
  });

  it('without content, as the SDK makes them on demand, is a call all the same', () => {
    expect(read({ type: 'response' }).reading).toEqual({
      kind: 'call',
      operation: 'responses',
      provider: 'openai',
      messages: [],
    });
    expect(read({ type: 'generation' }).reading).toMatchObject({ kind: 'call', usage: { source: 'none' } });
  });

  it('whose reply has no finish reason was truncated', () => {
    const choices = [
      { index: 0, message: { role: 'assistant', content: 'half a sen' }, finish_reason: null },
    ];
    expect(read({ type: 'generation', output: [completion('', { choices })] }).reading).toMatchObject({
      ending: 'truncated',
      reply: { message: { content: 'half a sen' } },
    });
  });

  it('has the name and the status of its error', () => {
    const failed = {
      message: 'Error in agent run',
      data: { error: 'MaxTurnsExceeded: Max turns (3) exceeded' },
    };
    expect(read({ type: 'agent', name: 'a' }, { error: failed }).failure).toEqual({
      status: 'error',
      error: {
        type: 'MaxTurnsExceeded',
        message: 'Error in agent run: MaxTurnsExceeded: Max turns (3) exceeded',
      },
    });
    expect(read({ type: 'generation' }, { error: { message: '429 slow down' } }).failure?.error.status).toBe(
      429,
    );
  });

  it('may hold anything', () => {
    const types = fc.constantFrom(
      'agent',
      'generation',
      'response',
      'function',
      'handoff',
      'guardrail',
      'custom',
    );
    const fields = [
      'name',
      'input',
      'output',
      'model',
      'model_config',
      'usage',
      '_input',
      '_response',
      'to_agent',
    ];
    const data = fc.dictionary(fc.constantFrom(...fields, '__proto__'), fc.anything(), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(types, data, (type, fields) => {
        expect(read({ ...fields, type }).id).toBe('span_1');
      }),
    );
  });
});
