/** A streamed reply as some provider sends it. */
export interface StreamShape {
  name: string;
  api: 'chat' | 'responses';
  body: Uint8Array;
  /** How many choices it has. */
  n: number;
}

/** Every way that we know of in which a reply is streamed, short enough to be cut at each of its bytes. */
export function streamShapes(): StreamShape[] {
  const text = ['Grü', 'ße 世', '👩‍👧 e\u0301'];
  const call = (more: object, index?: number) => ({
    tool_calls: [{ ...(index !== undefined && { index }), ...more }],
  });
  const fn = (args: string, name?: string) => ({ function: { ...(name && { name }), arguments: args } });
  const usage = { prompt_tokens: 7, completion_tokens: 9, total_tokens: 16 };
  const spoken = text.map((content) => chunk({ content }));
  const stop = chunk({}, 'stop');
  return [
    chat('text, usage in a chunk of its own', [
      chunk({ role: 'assistant', content: '' }),
      ...spoken,
      stop,
      { choices: [], usage },
    ]),
    chat('nobody counts', [...spoken, stop]),
    chat('finish and usage with the last piece', [
      ...spoken,
      { ...chunk({ content: '.' }, 'length'), usage },
    ]),
    chat('Azure: a first chunk of nothing', [
      { id: '', model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
      chunk({ role: 'assistant', content: '', refusal: null }),
      ...spoken.map((each) => ({ ...each, usage: null })),
      { ...stop, usage: null },
      { choices: [], usage },
    ]),
    chat('DeepSeek: thoughts first, then text', [
      ...text.map((piece) => chunk({ content: null, reasoning_content: piece })),
      ...text.map((piece) => chunk({ content: piece, reasoning_content: null })),
      { ...stop, usage },
    ]),
    chat('Groq: usage in a field of its own', [...spoken, { ...stop, x_groq: { id: 'r', usage } }]),
    chat('Mistral: thoughts as parts', [
      ...text.map((piece) =>
        chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: piece }] }] }),
      ),
      ...text.map((piece) => chunk({ content: [{ type: 'text', text: piece }] })),
      { ...stop, usage },
    ]),
    chat('Mistral: whole tool calls without an index', [
      chunk({ role: 'assistant', content: '' }),
      {
        ...chunk(
          {
            tool_calls: [
              { id: 'a', ...fn('{"x":"世"}', 'f') },
              { id: 'b', ...fn('{}', 'g') },
            ],
          },
          'tool_calls',
        ),
        usage,
      },
    ]),
    chat('Gemini: every tool call has index 0', [
      chunk(call({ id: 'a', type: 'function', ...fn('{"x":"é"}', 'f') }, 0)),
      chunk(call({ id: 'b', type: 'function', ...fn('{"y":2}', 'g') }, 0), 'tool_calls'),
      { choices: [], usage },
    ]),
    chat('tool calls in pieces, after text and mixed', [
      ...spoken,
      chunk(call({ id: 'a', type: 'function', ...fn('', 'f') }, 0)),
      chunk(call(fn('{"x":'), 0)),
      chunk(call({ id: 'b', type: 'function', ...fn('{"y"', 'g') }, 1)),
      chunk(call(fn('"é"}'), 0)),
      chunk(call(fn(':2}'), 1)),
      chunk({}, 'tool_calls'),
      { choices: [], usage },
    ]),
    chat(
      'choices in turns',
      [
        ...text.flatMap((content) => [chunk({ content }), chunk({ content: `${content}!` }, null, 1)]),
        chunk({}, 'stop', 1),
        stop,
        { choices: [], usage },
      ],
      2,
    ),
    chat(
      'one choice after the other',
      [
        ...spoken,
        stop,
        ...text.map((content) => chunk({ content }, null, 1)),
        chunk({}, 'length', 1),
        { choices: [], usage },
      ],
      2,
    ),
    chat('a refusal', [
      chunk({ refusal: 'No' }),
      chunk({ refusal: ', sorry' }),
      stop,
      { choices: [], usage },
    ]),
    {
      ...chat('OpenRouter: comments in between', []),
      body: bytes([
        ': OPENROUTER PROCESSING\n\n',
        ...spoken.map((each) => `data: ${JSON.stringify({ ...each, provider: 'x' })}\n\n: keep-alive é\n\n`),
        `data: ${JSON.stringify(stop)}\n\n`,
        `data: ${JSON.stringify({ choices: [], usage })}\n\n`,
        'data: [DONE]\n\n',
      ]),
    },
    {
      ...chat('CRLF, fields that nobody asked for, no space', []),
      body: bytes([
        'retry: 100\r\n\r\n',
        ...spoken.map((each, i) => `id: ${i}\r\nevent: message\r\ndata:${JSON.stringify(each)}\r\n\r\n`),
        `data:${JSON.stringify({ ...stop, usage })}\r\n\r\n`,
        'data:[DONE]\r\n\r\n',
      ]),
    },
    {
      ...chat('CR alone', []),
      body: bytes([
        ...spoken.map((each) => `data: ${JSON.stringify(each)}\r\r`),
        `data: ${JSON.stringify({ ...stop, usage })}\r\r`,
      ]),
    },
    {
      ...chat('JSON over several lines, characters escaped', []),
      body: bytes([
        ...[...text, '\ud83d', '\ude00'].map((content) => {
          const escaped = JSON.stringify(chunk({ content }), null, 1).replace(
            /[^\0-\x7f]/g,
            (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
          );
          return `${escaped
            .split('\n')
            .map((line) => `data: ${line}`)
            .join('\n')}\n\n`;
        }),
        `data: ${JSON.stringify({ ...stop, usage })}\n\n`,
        'data: [DONE]\n\n',
      ]),
    },
    responses(text),
  ];
}

function chunk(delta: object, finish_reason: string | null = null, index = 0) {
  return { choices: [{ index, delta, finish_reason }] };
}

function chat(name: string, chunks: object[], n = 1): StreamShape {
  const events = chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`);
  return { name, api: 'chat', body: bytes([...events, 'data: [DONE]\n\n']), n };
}

function responses(text: string[]): StreamShape {
  const head = { id: 'r', object: 'response', model: 'm' };
  const events = [
    { type: 'response.created', response: { ...head, status: 'in_progress', output: [] } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { type: 'reasoning', id: 'a', summary: [] },
    },
    ...text.map((delta) => ({ type: 'response.reasoning_summary_text.delta', output_index: 0, delta })),
    {
      type: 'response.output_item.added',
      output_index: 1,
      item: { type: 'message', id: 'b', role: 'assistant', content: [] },
    },
    ...text.map((delta) => ({ type: 'response.output_text.delta', output_index: 1, delta })),
    {
      type: 'response.output_item.added',
      output_index: 2,
      item: { type: 'function_call', id: 'c', call_id: 'c', name: 'f', arguments: '' },
    },
    ...['{"x":', '"é"}'].map((delta) => ({
      type: 'response.function_call_arguments.delta',
      output_index: 2,
      delta,
    })),
    {
      type: 'response.completed',
      response: {
        ...head,
        status: 'completed',
        output: [],
        usage: { input_tokens: 7, output_tokens: 9, total_tokens: 16 },
      },
    },
  ];
  return {
    name: 'the Responses API',
    api: 'responses',
    body: bytes(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)),
    n: 1,
  };
}

function bytes(lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.join(''));
}
