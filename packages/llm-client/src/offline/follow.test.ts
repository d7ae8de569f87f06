import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { type OfflineServerOptions, startOfflineServer } from '../offline.ts';

type Body = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'model' | 'messages'>;
type Message = OpenAI.ChatCompletionMessageParam;

async function start(options: OfflineServerOptions = {}) {
  const server = await startOfflineServer(options);
  const client = new OpenAI({ baseURL: server.url, apiKey: 'none', maxRetries: 0 });
  const ask = async (asked: string | Message[], body: Body = {}) => {
    const messages = typeof asked === 'string' ? [{ role: 'user' as const, content: asked }] : asked;
    const completion = await client.chat.completions.create({ model: 'stand-in-1', messages, ...body });
    const [choice] = completion.choices;
    if (choice === undefined) throw new Error('no choice');
    return {
      text: choice.message.content ?? '',
      calls: callsOf(choice.message),
      finish: choice.finish_reason,
      message: choice.message,
      usage: completion.usage,
    };
  };
  return { server, client, ask, [Symbol.asyncDispose]: () => server.close() };
}

function callsOf({ tool_calls = [] }: OpenAI.ChatCompletionMessage) {
  return tool_calls.flatMap((call) =>
    call.type === 'function'
      ? [{ id: call.id, name: call.function.name, arguments: JSON.parse(call.function.arguments) }]
      : [],
  );
}

const tool = (
  name: string,
  description: string,
  properties: object,
  required = Object.keys(properties),
): OpenAI.ChatCompletionFunctionTool => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  },
});
const weather = tool(
  'get_weather',
  'The weather forecast for a place',
  { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
  ['city'],
);
const calculate = tool('calculate', 'Works out an arithmetic expression', { expression: { type: 'string' } });
const add = tool('add', 'Adds two numbers', { a: { type: 'number' }, b: { type: 'number' } });
const search = tool('search_documents', 'Finds documents in the archive', { query: { type: 'string' } });
const tools = [weather, calculate, add, search];

describe('a schema', () => {
  const schema = {
    type: 'object',
    properties: {
      title: { type: 'string' },
      risks: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
      score: { type: 'number', minimum: 0, maximum: 1 },
    },
    required: ['title', 'risks', 'score'],
    additionalProperties: false,
  };
  const response_format = {
    type: 'json_schema' as const,
    json_schema: { name: 'review', strict: true, schema },
  };
  const review = {
    title: expect.stringMatching(/./),
    risks: [expect.stringMatching(/./), expect.stringMatching(/./)],
    score: expect.any(Number),
  };

  test('in response_format is followed, streamed or not', async () => {
    await using it = await start();
    const { text, finish } = await it.ask('How can we make a city quieter?', { response_format });
    expect([JSON.parse(text), finish]).toEqual([review, 'stop']);
    expect(JSON.parse(text).title).toBe('Making a city quieter');
    const stream = it.client.chat.completions.stream({
      model: 'stand-in-1',
      messages: [{ role: 'user', content: 'How can we make a city quieter?' }],
      response_format,
    });
    expect(await stream.finalContent()).toBe(text);
  });

  test('in the prompt is followed, too', async () => {
    await using it = await start();
    const prompt = `Answer with JSON only, of this schema: \n\`\`\`json\n${JSON.stringify(schema, null, 2)}\n\`\`\``;
    const { text } = await it.ask([
      { role: 'system', content: prompt },
      { role: 'user', content: 'How can we bake bread?' },
    ]);
    expect(JSON.parse(text)).toEqual(review);
  });

  test('that cannot be followed is refused with the reason; a long one can be cut', async () => {
    await using it = await start();
    const impossible = {
      type: 'json_schema' as const,
      json_schema: { name: 'x', schema: { type: 'integer', minimum: 5, maximum: 4 } },
    };
    await expect(it.ask('x', { response_format: impossible })).rejects.toMatchObject({
      status: 400,
      code: 'unsupported_schema',
    });
    const cut = await it.ask('x', { response_format, max_tokens: 5 });
    expect([cut.finish, cut.text.length, cut.usage?.completion_tokens]).toEqual(['length', 20, 5]);
  });
});

describe('tools', () => {
  test.each<[string, object[]]>([
    ['What is the weather in Oslo?', [{ name: 'get_weather', arguments: { city: 'Oslo' } }]],
    [
      'Tell me the weather in Oslo, in fahrenheit please.',
      [{ name: 'get_weather', arguments: { city: 'Oslo', unit: 'fahrenheit' } }],
    ],
    ['What is 12 * (3 + 4)?', [{ name: 'calculate', arguments: { expression: '12 * (3 + 4)' } }]],
    ['Please add 19 and 23.', [{ name: 'add', arguments: { a: 19, b: 23 } }]],
    [
      'Search the documents for "night buses".',
      [{ name: 'search_documents', arguments: { query: 'night buses' } }],
    ],
    [
      'How is the weather in Oslo and in Rome?',
      [
        { name: 'get_weather', arguments: { city: 'Oslo' } },
        { name: 'get_weather', arguments: { city: 'Rome' } },
      ],
    ],
  ])('%s', async (asked, expected) => {
    await using it = await start();
    const { calls, finish, text } = await it.ask(asked, { tools });
    expect(calls).toMatchObject(expected);
    expect([finish, text, new Set(calls.map(({ id }) => id)).size]).toEqual([
      'tool_calls',
      '',
      expected.length,
    ]);
  });

  test('are left alone when nothing calls for them, or when they are forbidden', async () => {
    await using it = await start();
    expect((await it.ask('How can we make a city quieter?', { tools })).calls).toEqual([]);
    expect((await it.ask('What is the weather in Oslo?', { tools, tool_choice: 'none' })).calls).toEqual([]);
    expect(
      (await it.ask('What is the weather in Oslo, and what is 2 + 3?', { tools })).calls
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['calculate', 'get_weather']);
    expect(
      (await it.ask('What is the weather in Oslo and Rome?', { tools, parallel_tool_calls: false })).calls,
    ).toHaveLength(1);
  });

  test('are called when the request says so', async () => {
    await using it = await start();
    expect((await it.ask('Hello.', { tools, tool_choice: 'required' })).calls).toHaveLength(1);
    expect(
      (
        await it.ask('What is the weather?', {
          tools,
          tool_choice: { type: 'function', function: { name: 'add' } },
        })
      ).calls,
    ).toMatchObject([{ name: 'add' }]);
    await expect(it.ask('x', { tool_choice: 'required' })).rejects.toMatchObject({ param: 'tool_choice' });
    await expect(
      it.ask('x', { tools, tool_choice: { type: 'function', function: { name: 'none' } } }),
    ).rejects.toMatchObject({ status: 400 });
  });

  test('give results that the answer tells, once', async () => {
    await using it = await start();
    const asked: Message = { role: 'user', content: 'What is the weather in Oslo?' };
    const { message, calls } = await it.ask([asked], { tools });
    const result: Message = {
      role: 'tool',
      tool_call_id: calls[0]?.id ?? '',
      content: '{"temperature": 21, "sky": "clear"}',
    };
    const answer = await it.ask([asked, message, result], { tools });
    expect(answer).toMatchObject({
      calls: [],
      finish: 'stop',
      text: 'According to get_weather: temperature 21, sky clear.',
    });
    const next = await it.ask(
      [asked, message, result, answer.message, { role: 'user', content: 'And the weather in Rome?' }],
      { tools },
    );
    expect(next.calls).toMatchObject([{ arguments: { city: 'Rome' } }]);
  });

  test('stream as the SDK expects it, and can be cut by max_tokens', async () => {
    await using it = await start();
    const messages: Message[] = [{ role: 'user', content: 'What is the weather in Oslo and in Rome?' }];
    const stream = it.client.chat.completions.stream({ model: 'stand-in-1', messages, tools });
    const { choices } = await stream.finalChatCompletion();
    const whole = await it.ask(messages, { tools });
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0] && callsOf(choices[0].message)).toEqual(whole.calls);
    const raw = await it.client.chat.completions.create({
      model: 'stand-in-1',
      messages,
      tools,
      max_tokens: 3,
    });
    expect(raw.choices[0]?.finish_reason).toBe('length');
  });

  test('with a schema that cannot be followed are refused', async () => {
    await using it = await start();
    await expect(it.ask('Use odd.', { tools: [tool('odd', '', { a: false })] })).rejects.toMatchObject({
      code: 'unsupported_schema',
      param: 'tools',
    });
  });
});

describe('a form', () => {
  const lines = (text: string) => text.split('\n');

  test.each<[string, (text: string) => unknown, unknown]>([
    [
      'How can we make a city quieter? Answer in one sentence.',
      (text) => text.match(/[.?!](?: |$)/g)?.length,
      1,
    ],
    [
      'In exactly seven sentences: how can we make a city quieter?',
      (text) => text.split(/(?<=[.?!]) (?=[\p{Lu}“])/u).length,
      7,
    ],
    ['Describe the sea in three words.', (text) => text.split(' ').length, 3],
    ['Describe the sea with 40 words.', (text) => text.split(' ').length, 40],
    ['How is it? One word only, in one word.', (text) => text.split(' ').length, 1],
    [
      'List five risks of night buses.',
      (text) => lines(text).filter((line) => /^- \p{Lu}.*\.$/u.test(line)).length,
      5,
    ],
    ['Give me three ideas for a party.', (text) => lines(text).length, 3],
    [
      'Make a plan for a quieter city.',
      (text) => lines(text).map((line) => line.slice(0, 2)),
      ['1.', '2.', '3.', '4.'],
    ],
    ['Break the task down into six steps.', (text) => lines(text).length, 6],
    ['Is it good? Answer "yes" or "no".', (text) => /^(?:Yes|No)\.$/.test(text), true],
  ])('%s', async (asked, measure, expected) => {
    await using it = await start();
    const { text } = await it.ask(asked);
    expect(measure(text), text).toEqual(expected);
  });

  test('that the system prompt asks for is kept, unless the request asks for another', async () => {
    await using it = await start();
    const system: Message = {
      role: 'system',
      content: 'You are a planner. Return a numbered list of steps.',
    };
    expect((await it.ask([system, { role: 'user', content: 'We want a quieter city.' }])).text).toMatch(
      /^1\. .*\n2\. /,
    );
    expect(
      (await it.ask([system, { role: 'user', content: 'Say hello in two words.' }])).text.split(' '),
    ).toHaveLength(2);
  });

  test('has no lines twice, however many are asked for', async () => {
    await using it = await start();
    const { text } = await it.ask('List ten ideas for our city.');
    expect(new Set(lines(text)).size).toBe(10);
  });
});

describe('the Responses API', () => {
  const model = 'stand-in-1';
  const input = 'How can we make a city quieter?';
  const fn = (tool: OpenAI.ChatCompletionFunctionTool) => ({
    type: 'function' as const,
    strict: true,
    name: tool.function.name,
    description: tool.function.description ?? '',
    parameters: tool.function.parameters ?? {},
  });

  test('says what the chat completion says, streamed or not', async () => {
    await using it = await start();
    const response = await it.client.responses.create({
      model,
      input,
      instructions: 'Answer in one sentence.',
    });
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      model,
      output: [{ type: 'message' }],
    });
    expect(response.usage?.output_tokens).toBe(Math.ceil(response.output_text.length / 4));
    const stream = it.client.responses.stream({ model, input, instructions: 'Answer in one sentence.' });
    let text = '';
    for await (const event of stream) if (event.type === 'response.output_text.delta') text += event.delta;
    expect([text, (await stream.finalResponse()).output_text]).toEqual([
      response.output_text,
      response.output_text,
    ]);
    const cut = await it.client.responses.create({ model, input, max_output_tokens: 16 });
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  });

  test('follows schemas and calls tools', async () => {
    await using it = await start();
    const schema = {
      type: 'object',
      properties: { title: { type: 'string' } },
      required: ['title'],
      additionalProperties: false,
    };
    const structured = await it.client.responses.create({
      model,
      input,
      text: { format: { type: 'json_schema', name: 'x', schema } },
    });
    expect(JSON.parse(structured.output_text)).toEqual({ title: 'Making a city quieter' });
    const asked = await it.client.responses.create({
      model,
      input: 'What is the weather in Oslo?',
      tools: [fn(weather)],
    });
    const [call] = asked.output;
    expect(call).toMatchObject({
      type: 'function_call',
      name: 'get_weather',
      arguments: '{"city":"Oslo"}',
    });
    const stream = it.client.responses.stream({
      model,
      input: 'What is the weather in Oslo?',
      tools: [fn(weather)],
    });
    expect((await stream.finalResponse()).output[0]).toMatchObject({
      name: 'get_weather',
      arguments: call?.type === 'function_call' && call.arguments,
    });
    const answer = await it.client.responses.create({
      model,
      previous_response_id: asked.id,
      tools: [fn(weather)],
      input: [
        {
          type: 'function_call_output',
          call_id: call?.type === 'function_call' ? call.call_id : '',
          output: 'rain',
        },
      ],
    });
    expect(answer.output_text).toBe('According to get_weather: rain.');
  });

  test('answers what is wrong with a 400 that names it', async () => {
    await using it = await start();
    const create = (body: object) => it.client.responses.create({ model, input, ...body } as never);
    await expect(create({ input: 7 })).rejects.toMatchObject({ status: 400, param: 'input' });
    await expect(create({ input: [7] })).rejects.toMatchObject({ param: 'input[0]' });
    await expect(create({ previous_response_id: 'resp_none' })).rejects.toMatchObject({
      code: 'previous_response_not_found',
    });
    await expect(create({ model: 'gpt-9' })).rejects.toMatchObject({ status: 404 });
    await expect(create({ text: { format: { type: 'json_schema' } } })).rejects.toMatchObject({
      param: 'text.format',
    });
  });
});

describe('embeddings', () => {
  const model = 'stand-in-1';
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, each, i) => sum + each * (b[i] ?? 0), 0);

  test('are near each other for texts that are alike, the same every time, and of length 1', async () => {
    await using it = await start();
    const input = [
      'The cat sleeps on the warm roof.',
      'A cat was sleeping on a roof',
      'Quarterly revenue grew by nine percent.',
    ];
    const { data, usage } = await it.client.embeddings.create({ model, input });
    const [cat = [], other = [], money = []] = data.map(({ embedding }) => embedding);
    expect(dot(cat, cat)).toBeCloseTo(1, 5);
    expect(dot(cat, other)).toBeGreaterThan(0.5);
    expect(Math.abs(dot(cat, money))).toBeLessThan(0.2);
    expect(cat).toHaveLength(384);
    expect(usage.prompt_tokens).toBeGreaterThan(10);
    const again = await it.client.embeddings.create({
      model,
      input: input[0] ?? '',
      encoding_format: 'float',
    });
    expect(again.data[0]?.embedding.map((each) => Math.fround(each))).toEqual(cat);
    expect(it.server.requests[0]).toMatchObject({
      route: 'POST /v1/embeddings',
      model,
      usage: { completion_tokens: 0 },
    });
  });

  test('take what OpenAI takes, and refuse the rest', async () => {
    await using it = await start();
    const create = (body: object) => it.client.embeddings.create({ model, input: 'x', ...body });
    expect(
      (await create({ dimensions: 8, input: [[1, 2], [3]] })).data.map(({ embedding }) => embedding.length),
    ).toEqual([8, 8]);
    expect((await create({ input: '?!' })).data[0]?.embedding).toContain(1);
    for (const body of [
      { input: '' },
      { input: [] },
      { input: [7, 'x'] },
      { input: null },
      { dimensions: 0 },
      { encoding_format: 'odd' },
    ])
      await expect(create(body)).rejects.toMatchObject({ status: 400 });
  });
});
