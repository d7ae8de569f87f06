import { describe, expect, it } from 'vitest';
import { ChatAssembly } from './chat-assembly.ts';
import type { WireCompletion, WireMessage } from './shapes.ts';

/** A chunk with one delta, the way most servers send it. */
function chunk(delta: WireMessage, more: object = {}, index = 0): WireCompletion {
  return { id: 'r1', model: 'm', choices: [{ index, delta, finish_reason: null, ...more }], usage: null };
}

const stop = chunk({}, { finish_reason: 'stop' });

function assemble(chunks: WireCompletion[]) {
  const assembly = new ChatAssembly();
  const deltas = chunks.map((one) => assembly.push(one));
  return { assembly, deltas, reply: assembly.reply() };
}

describe('text', () => {
  it('is put together, and each chunk tells what it added', () => {
    const { reply, deltas, assembly } = assemble([
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo' }),
      stop,
    ]);
    expect(reply).toEqual({
      id: 'r1',
      model: 'm',
      message: { role: 'assistant', content: 'Hello' },
      finish_reason: 'stop',
      finish_reason_raw: 'stop',
    });
    expect(deltas.map(({ text }) => text)).toEqual(['', 'Hel', 'lo', '']);
    expect(assembly.complete).toBe(true);
    expect(assembly.usage).toEqual({ source: 'none' });
  });

  it('is null when there was none, and empty when it was empty', () => {
    expect(assemble([chunk({ role: 'assistant', content: null }), stop]).reply.message).toEqual({
      role: 'assistant',
      content: null,
    });
    expect(assemble([chunk({ content: '' }), stop]).reply.message?.content).toBe('');
  });

  it('is partial without a finish reason', () => {
    const { reply, assembly } = assemble([chunk({ content: 'Hel' })]);
    expect(reply).toMatchObject({ message: { content: 'Hel' }, partial: true });
    expect(reply).not.toHaveProperty('finish_reason');
    expect(assembly.complete).toBe(false);
    expect(assemble([]).reply).toEqual({ partial: true });
  });

  it('can be refused', () => {
    const { reply } = assemble([chunk({ refusal: 'I can' }), chunk({ refusal: 'not' }), stop]);
    expect(reply.message).toMatchObject({ content: null, refusal: 'I cannot' });
  });

  it('keeps several choices apart; deltas are those of the first', () => {
    const { reply, deltas, assembly } = assemble([
      chunk({ content: 'a' }, {}, 0),
      chunk({ content: 'b' }, {}, 1),
      chunk({ content: 'A' }, { finish_reason: 'stop' }, 0),
      chunk({ content: 'B' }, {}, 1),
    ]);
    expect(reply).toMatchObject({
      message: { content: 'aA' },
      other_choices: [{ content: 'bB' }],
      partial: true,
    });
    expect(deltas.map(({ text }) => text).join('')).toBe('aA');
    assembly.push(chunk({}, { finish_reason: 'length' }, 1));
    expect(assembly.complete).toBe(true);
    expect(assembly.reply().other_ends).toEqual([{ finish_reason: 'length', finish_reason_raw: 'length' }]);
  });

  it('is not whole when a choice that was asked for has not begun, unless all that came was counted', () => {
    const assembly = new ChatAssembly(2);
    assembly.push(chunk({ content: 'a' }, { finish_reason: 'stop' }));
    expect(assembly.complete).toBe(false);
    expect(assembly.reply().partial).toBe(true);
    assembly.push({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } });
    expect(assembly.complete).toBe(true);
  });

  it('gathers the log probabilities of each choice', () => {
    const token = (text: string) => ({
      logprobs: { content: [{ token: text, logprob: -1 }], refusal: null },
    });
    const { reply } = assemble([
      chunk({ content: 'b' }, token('b'), 1),
      chunk({ content: 'a' }, token('a'), 0),
      chunk({ content: 'A' }, { ...token('A'), finish_reason: 'stop' }, 0),
      chunk({}, { finish_reason: 'stop', logprobs: null }, 1),
    ]);
    expect(reply.logprobs).toEqual({
      content: [token('a'), token('A')].map((each) => each.logprobs.content[0]),
    });
    expect(reply.other_ends).toMatchObject([{ logprobs: { content: [{ token: 'b' }] } }]);
  });
});

describe('the ways of the providers', () => {
  it('Azure: a first chunk with empty texts and no choices; usage after the finish', () => {
    const { reply, assembly } = assemble([
      { id: '', model: '', choices: [] },
      {
        id: 'r1',
        model: 'gpt-5-nano-2025-08-07',
        choices: [
          { index: 0, delta: { role: 'assistant', content: 'x', refusal: null }, finish_reason: null },
        ],
        usage: null,
      },
      { id: 'r1', model: 'gpt-5-nano-2025-08-07', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      {
        id: 'r1',
        model: 'gpt-5-nano-2025-08-07',
        choices: [],
        usage: {
          prompt_tokens: 15,
          completion_tokens: 78,
          total_tokens: 93,
          completion_tokens_details: { reasoning_tokens: 64 },
          prompt_tokens_details: { cached_tokens: 3 },
        },
      },
    ]);
    expect(reply).toMatchObject({
      id: 'r1',
      model: 'gpt-5-nano-2025-08-07',
      message: { role: 'assistant', content: 'x' },
    });
    expect(assembly.usage).toEqual({
      input_tokens: 15,
      output_tokens: 78,
      reasoning_output_tokens: 64,
      cache_read_input_tokens: 3,
      source: 'provider',
    });
  });

  it('Groq: usage in x_groq', () => {
    const { assembly } = assemble([
      chunk({ content: 'x' }),
      { ...stop, usage: null, x_groq: { usage: { prompt_tokens: 45, completion_tokens: 662 } } },
    ]);
    expect(assembly.usage).toEqual({ input_tokens: 45, output_tokens: 662, source: 'provider' });
  });

  it('xAI: reasoning counted beside the completion, which the total gives away', () => {
    const usage = {
      prompt_tokens: 291,
      completion_tokens: 26,
      total_tokens: 513,
      completion_tokens_details: { reasoning_tokens: 196 },
    };
    expect(assemble([{ ...stop, usage }]).assembly.usage).toMatchObject({
      output_tokens: 222,
      reasoning_output_tokens: 196,
    });
  });

  it.each(['reasoning_content', 'reasoning'] as const)('DeepSeek, OpenRouter: reasoning in %s', (field) => {
    const { reply, deltas } = assemble([
      chunk({ content: null, [field]: 'We ' }),
      chunk({ [field]: 'need' }),
      chunk({ content: 'Three', [field]: null }),
      stop,
    ]);
    expect(reply.message).toEqual({ role: 'assistant', content: 'Three', [field]: 'We need' });
    expect(deltas.map(({ reasoning }) => reasoning)).toEqual(['We ', 'need', '', '']);
  });

  it('Mistral: content in parts, thinking among them', () => {
    const thinking = (text: string) => [{ type: 'thinking', thinking: [{ type: 'text', text }] }];
    const { reply, deltas } = assemble([
      chunk({ content: thinking('hm') as never }),
      chunk({ content: [{ type: 'text', text: 'yes' }, null] as never }),
      stop,
    ]);
    expect(reply.message).toEqual({ role: 'assistant', content: 'yes', reasoning_content: 'hm' });
    expect(deltas[0]).toMatchObject({ text: '', reasoning: 'hm' });
    expect(deltas[1]).toMatchObject({ text: 'yes', reasoning: '' });
  });

  it('any: fields nobody knows are kept', () => {
    const { reply } = assemble([
      chunk({ content: 'x', annotations: [{ url: 'a' }], audio: { id: 'a1', data: 'AA' } } as WireMessage),
      chunk({
        annotations: [{ url: 'b' }],
        audio: { data: 'BB' },
        images: [],
        provider_state: { step: 1 },
      } as WireMessage),
      chunk({ provider_state: { step: 2 }, function_call: { name: 'f', arguments: '{' } } as WireMessage),
      chunk({ function_call: { name: 'f', arguments: '}' } } as WireMessage),
      stop,
    ]);
    expect(reply.message).toEqual({
      role: 'assistant',
      content: 'x',
      annotations: [{ url: 'a' }, { url: 'b' }],
      audio: { id: 'a1', data: 'AABB' },
      provider_state: { step: 2 },
      function_call: { name: 'f', arguments: '{}' },
    });
  });

  it('none: a field called __proto__ pollutes nothing', () => {
    const { reply } = assemble([
      JSON.parse(
        '{"choices":[{"delta":{"content":"x","__proto__":{"polluted":1},"tool_calls":[{"id":"t","__proto__":{"polluted":2}}]}}]}',
      ),
      stop,
    ]);
    expect((reply.message as { polluted?: unknown }).polluted).toBeUndefined();
    expect({} as { polluted?: unknown }).not.toHaveProperty('polluted');
  });

  it('all: a whole reply is one chunk', () => {
    const message = {
      role: 'assistant',
      content: 'hi',
      tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }],
    };
    const { reply } = assemble([
      {
        id: 'r1',
        model: 'm',
        choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
        usage: { prompt_tokens: 1 },
      },
    ]);
    expect(reply).toEqual({
      id: 'r1',
      model: 'm',
      message,
      finish_reason: 'tool-calls',
      finish_reason_raw: 'tool_calls',
    });
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['function_call', 'tool-calls'],
    ['error', 'error'],
    ['whatever comes next', 'other'],
  ])('finish reason %s is %s', (raw, reason) => {
    expect(assemble([chunk({}, { finish_reason: raw })]).reply).toMatchObject({
      finish_reason: reason,
      finish_reason_raw: raw,
    });
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['null choices', { choices: null }],
    ['a choice of nothing', { choices: [{}] }],
    ['a null delta', { choices: [{ delta: null }] }],
    ['null tool calls', { choices: [{ delta: { tool_calls: null } }] }],
    ['a tool call of nothing', { choices: [{ delta: { tool_calls: [{ function: null }] } }] }],
  ])('a chunk of %s does no harm', (_, odd) => {
    expect(() => assemble([odd as WireCompletion, chunk({ content: 'x' }), stop])).not.toThrow();
  });
});

describe('tool calls', () => {
  const call = (more: object) => chunk({ tool_calls: [more] });
  const fn = (name: string | undefined, args: string) => ({
    function: { ...(name !== undefined && { name }), arguments: args },
  });
  const whole = (chunks: WireCompletion[]) => {
    const calls = assemble([...chunks, stop]).reply.message?.tool_calls as {
      id?: string;
      function: object;
    }[];
    return calls.map(({ id, function: f }) => ({ id, ...f }));
  };

  it.each<[string, WireCompletion[]]>([
    [
      'two at once, interleaved',
      [
        call({ index: 0, id: 'a', type: 'function', ...fn('f', '') }),
        call({ index: 1, id: 'b', type: 'function', ...fn('g', '') }),
        call({ index: 0, ...fn(undefined, '{"x"') }),
        call({ index: 1, ...fn(undefined, '{"y"') }),
        call({ index: 0, ...fn(undefined, ':1}') }),
        call({ index: 1, ...fn(undefined, ':2}') }),
      ],
    ],
    [
      'two in one chunk',
      [
        chunk({
          tool_calls: [
            { index: 0, id: 'a', ...fn('f', '{"x":1}') },
            { index: 1, id: 'b', ...fn('g', '{"y":2}') },
          ],
        }),
      ],
    ],
    [
      'Mistral: without an index',
      [call({ id: 'a', ...fn('f', '{"x":1}') }), call({ id: 'b', ...fn('g', '{"y":2}') })],
    ],
    [
      'without an index, in pieces',
      [
        call({ id: 'a', ...fn('f', '{"x"') }),
        call({ ...fn(undefined, ':1}') }),
        call({ id: 'b', ...fn('g', '') }),
        call({ ...fn(undefined, '{"y":2}') }),
      ],
    ],
    [
      'Gemini: every index is 0',
      [
        call({ index: 0, id: 'a', ...fn('f', '{"x":1}') }),
        call({ index: 0, id: 'b', ...fn('g', '{"y":2}') }),
      ],
    ],
    [
      'every index is 0, in pieces',
      [
        call({ index: 0, id: 'a', ...fn('f', '{"x"') }),
        call({ index: 0, ...fn(undefined, ':1}') }),
        call({ index: 0, id: 'b', ...fn('g', '{"y"') }),
        call({ index: 0, ...fn(undefined, ':2}') }),
      ],
    ],
    [
      'id and name repeated in every piece',
      [
        call({ index: 0, id: 'a', ...fn('f', '{"x"') }),
        call({ index: 0, id: 'a', ...fn('f', ':1}') }),
        call({ index: 1, id: 'b', ...fn('g', '{"y"') }),
        call({ index: 1, id: 'b', ...fn('g', ':2}') }),
      ],
    ],
    [
      'old vLLM: another id in every piece',
      [
        call({ index: 0, id: 'a', ...fn('f', '{"x"') }),
        call({ index: 0, id: 'z', ...fn(undefined, ':1}') }),
        call({ index: 1, id: 'b', ...fn('g', '{"y":2}') }),
      ],
    ],
    [
      'an id that comes late',
      [
        call({ index: 0, ...fn('f', '{"x"') }),
        call({ index: 0, id: 'a', ...fn(undefined, ':1}') }),
        call({ index: 1, id: 'b', ...fn('g', '{"y":2}') }),
      ],
    ],
    [
      'indexes that begin at 1',
      [
        call({ index: 1, id: 'a', ...fn('f', '{"x":1}') }),
        call({ index: 2, id: 'b', ...fn('g', '{"y":2}') }),
      ],
    ],
  ])('%s', (_, chunks) => {
    expect(whole(chunks)).toEqual([
      { id: 'a', name: 'f', arguments: '{"x":1}' },
      { id: 'b', name: 'g', arguments: '{"y":2}' },
    ]);
  });

  it.each<[string, object]>([
    ['no ids', {}],
    ['empty ids', { id: '' }],
  ])('with %s are as many as were named', (_, id) => {
    const calls = whole([
      chunk({
        tool_calls: [
          { ...id, ...fn('f', '{}') },
          { ...id, ...fn('f', '{}') },
        ],
      }),
    ]);
    expect(calls).toEqual([
      { name: 'f', arguments: '{}' },
      { name: 'f', arguments: '{}' },
    ]);
  });

  it('tell what each chunk added, by position in the reply', () => {
    const { deltas } = assemble([
      call({ index: 1, id: 'a', ...fn('f', '') }),
      call({ index: 1, ...fn(undefined, '{}') }),
      call({ index: 2, id: 'b', ...fn('g', '{}') }),
    ]);
    expect(deltas.flatMap(({ toolCalls }) => toolCalls)).toEqual([
      { index: 0, id: 'a', name: 'f', arguments: '' },
      { index: 0, arguments: '{}' },
      { index: 1, id: 'b', name: 'g', arguments: '{}' },
    ]);
  });

  it('keep what a provider wants to see again, and calls of another type', () => {
    const signed = {
      index: 0,
      id: 'a',
      type: 'function',
      ...fn('f', '{}'),
      extra_content: { google: { thought_signature: 'S' } },
    };
    const custom = { index: 1, id: 'b', type: 'custom', custom: { name: 'c', input: 'x' } };
    const { reply } = assemble([
      call(signed),
      call({ index: 0, extra_content: { google: { thought_signature: 'T' } } }),
      call(custom),
      stop,
    ]);
    expect(reply.message?.tool_calls).toEqual([
      {
        id: 'a',
        type: 'function',
        function: { name: 'f', arguments: '{}' },
        extra_content: { google: { thought_signature: 'ST' } },
      },
      { id: 'b', type: 'custom', custom: { name: 'c', input: 'x' } },
    ]);
  });

  it('with an object for arguments have its text', () => {
    expect(
      whole([call({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } as never } })]),
    ).toEqual([{ id: 'a', name: 'f', arguments: '{"x":1}' }]);
  });
});
