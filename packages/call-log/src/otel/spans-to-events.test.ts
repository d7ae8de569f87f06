import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { only, useTempDir } from '../../test/helpers.ts';
import {
  agentSpan,
  callsOf,
  chatSpan,
  recordedSpans,
  type SpanSketch,
  span,
  TRACE,
  treesOf,
} from '../../test/spans.ts';
import { canonicalTree } from '../tree/canonical-tree.ts';
import type { Span } from './span.ts';
import { spansToEvents } from './spans-to-events.ts';

const tempDir = useTempDir();

async function treeOf(...spans: Span[]) {
  return only([...(await treesOf(tempDir(), spansToEvents(spans))).values()]);
}

/** A call whose reply asks for tools. */
function askingSpan(tools: object[], sketch: SpanSketch): Span {
  const parts = tools.map((tool) => ({ type: 'tool_call', ...tool }));
  return chatSpan({
    ...sketch,
    attributes: {
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts }]),
      ...sketch.attributes,
    },
  });
}

function toolSpan(sketch: SpanSketch): Span {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'find',
    ...sketch.attributes,
  };
  return span({ ...sketch, attributes });
}

describe('the run of a trace', () => {
  it('has the name, the times and the ending of its first span', async () => {
    const error = { code: 2, message: 'it fell' };
    const { run } = await treeOf(
      span({ id: 'a', name: 'POST /chat', from: 0, to: 100, status: error }),
      chatSpan({ id: 'b', parent: 'a', from: 10, to: 20 }),
    );
    expect(run).toMatchObject({
      id: TRACE,
      name: 'POST /chat',
      status: 'failed',
      error: { type: 'Error', message: 'it fell' },
      totals: { calls: 1 },
    });
    expect(Date.parse(run.ended_at ?? '') - Date.parse(run.started_at ?? '')).toBe(100);
  });

  it('is interrupted when its first span is not there, and begins with a span whose parent is elsewhere', async () => {
    const call = { id: 'b', parent: 'gone' };
    expect((await treeOf(chatSpan(call))).run.status).toBe('interrupted');
    const other = TRACE.replaceAll('0', '1');
    const [tree] = (
      await treesOf(tempDir(), spansToEvents([chatSpan({ ...call, traceId: other, remoteParent: true })]))
    ).values();
    expect(tree?.run.status).toBe('completed');
  });

  it('is not there when no span tells of a model, a tool or an agent', () => {
    expect(spansToEvents([span({ id: 'a' }), span({ id: 'b', parent: 'a' })])).toEqual([]);
  });

  it('can be chosen, and is then neither begun nor ended', () => {
    const types = (runOf: () => string | undefined) =>
      spansToEvents([chatSpan({ id: 'a' })], { runOf }).map(({ type, run_id }) => `${type} ${run_id}`);
    expect(types(() => 'mine')).toEqual(
      ['call.start', 'attempt.start', 'attempt.end', 'call.end'].map((type) => `${type} mine`),
    );
    expect(types(() => undefined)[0]).toBe('call.start undefined');
  });
});

describe('whose call it is', () => {
  it('is said by the span itself, else by the nearest agent around it, else by nobody', async () => {
    const tree = await treeOf(
      agentSpan('lead', { id: 'a', from: 0, to: 100 }),
      agentSpan(undefined, { id: 'b', parent: 'a', from: 1, to: 90 }),
      chatSpan({ id: 'inherits', parent: 'b', from: 2 }),
      agentSpan('helper', { id: 'c', parent: 'b', from: 10, to: 80 }),
      chatSpan({ id: 'nearest', parent: 'c', from: 11 }),
      chatSpan({ id: 'says', parent: 'c', from: 12, attributes: { 'gen_ai.agent.id': 'own' } }),
    );
    expect(callsOf(tree).map(({ id, owner, agent_source }) => [id, owner, agent_source])).toEqual([
      ['inherits', 'lead', 'context'],
      ['nearest', 'helper', 'context'],
      ['says', 'own', 'explicit'],
    ]);
    const parents = tree.agents.map(({ id, parent_id }) => [id, parent_id]);
    expect(parents).toEqual([
      ['lead', undefined],
      ['helper', 'lead'],
      ['own', 'helper'],
    ]);
    expect(callsOf(await treeOf(chatSpan({ id: 'x', traceId: 'f'.repeat(32) })))[0]?.owner).toBe(
      'unknown_agent',
    );
  });

  it('is not mixed up by agents at work at the same time', async () => {
    const agents = ['ann', 'ben', 'cat'].flatMap((name, place) => [
      agentSpan(name, { id: name, parent: 'root', from: place, to: 100 + place }),
      ...[0, 1, 2].map((n) =>
        chatSpan({ id: `${name}-${n}`, parent: name, from: 10 * n + place, to: 10 * n + 5 }),
      ),
    ]);
    const tree = await treeOf(span({ id: 'root', from: 0, to: 200 }), ...agents);
    for (const { id, owner } of callsOf(tree)) expect(id.startsWith(owner)).toBe(true);
    expect(tree.run.totals.calls).toBe(9);
  });
});

describe('an agent', () => {
  it('is known to the run, even if it only uses a tool', async () => {
    const tree = await treeOf(
      agentSpan('lead', { id: 'a', from: 0, to: 9 }),
      toolSpan({ id: 't', parent: 'a', from: 1, attributes: { 'gen_ai.agent.id': 'hand' } }),
    );
    expect(tree.agents.map(({ id, parent_id }) => [id, parent_id])).toEqual([
      ['lead', undefined],
      ['hand', 'lead'],
    ]);
  });
});

describe('a span around another span of the same call', () => {
  it('is no second call', async () => {
    const tree = await treeOf(
      chatSpan({ id: 'outer', from: 0, to: 10, attributes: { 'gen_ai.agent.name': 'a' } }),
      span({ id: 'step', parent: 'outer', from: 1, to: 9 }),
      chatSpan({ id: 'inner', parent: 'step', from: 2, to: 8 }),
    );
    expect(callsOf(tree).map(({ id, owner, parent_call_id }) => [id, owner, parent_call_id])).toEqual([
      ['inner', 'a', undefined],
    ]);
  });

  it('is a call of its own when a tool or an agent stands between', async () => {
    const tree = await treeOf(
      askingSpan([{ id: 't1', name: 'find' }], { id: 'outer', from: 0, to: 10 }),
      toolSpan({ id: 'tool', parent: 'outer', from: 2, to: 8, attributes: { 'gen_ai.tool.call.id': 't1' } }),
      chatSpan({ id: 'inner', parent: 'tool', from: 3, to: 7 }),
    );
    expect(callsOf(tree).map(({ id, parent_call_id }) => [id, parent_call_id])).toEqual([
      ['outer', undefined],
      ['inner', 'outer'],
    ]);
  });
});

describe('the call that asked for a tool', () => {
  const toolsOf = (tree: Awaited<ReturnType<typeof treeOf>>) =>
    Object.fromEntries(callsOf(tree).map(({ id, tool_calls }) => [id, tool_calls.map((tool) => tool.id)]));

  it('is the one whose reply has its id, be it nearer or not', async () => {
    const tree = await treeOf(
      span({ id: 'root', to: 100 }),
      askingSpan([{ id: 't1', name: 'find' }], { id: 'a', parent: 'root', from: 1 }),
      askingSpan([{ id: 't2', name: 'find' }], { id: 'b', parent: 'root', from: 3 }),
      toolSpan({ id: 'x', parent: 'root', from: 5, attributes: { 'gen_ai.tool.call.id': 't1' } }),
    );
    expect(toolsOf(tree)).toEqual({ a: ['t1'], b: [] });
    expect(tree.orphans).toEqual([]);
  });

  it('is told by name and arguments where there is no id, within one agent', async () => {
    const find = (what: string) => ({ name: 'find', arguments: { what } });
    const tool = (id: string, parent: string, from: number, what: string) =>
      toolSpan({ id, parent, from, attributes: { 'gen_ai.tool.call.arguments': `{ "what": "${what}" }` } });
    const tree = await treeOf(
      span({ id: 'root', to: 100 }),
      agentSpan('ann', { id: 'ann', parent: 'root', to: 90 }),
      agentSpan('ben', { id: 'ben', parent: 'root', to: 90 }),
      askingSpan([find('x'), { ...find('x'), id: 'second' }], { id: 'a', parent: 'ann', from: 1 }),
      askingSpan([find('x'), find('y')], { id: 'b', parent: 'ben', from: 2 }),
      tool('t1', 'ben', 5, 'y'),
      tool('t2', 'ben', 6, 'x'),
      tool('t3', 'ann', 7, 'x'),
      tool('t4', 'ann', 8, 'x'),
    );
    expect(toolsOf(tree)).toEqual({ a: ['t3', 'second'], b: ['t1', 't2'] });
  });

  it('is the last that ended with tool calls where replies are not on record', async () => {
    const silent = { 'gen_ai.response.finish_reasons': ['tool_calls'] };
    const tree = await treeOf(
      span({ id: 'root', to: 100 }),
      chatSpan({ id: 'a', parent: 'root', from: 1, attributes: silent }),
      chatSpan({ id: 'b', parent: 'root', from: 9, attributes: silent }),
      toolSpan({ id: 'x', parent: 'root', from: 5 }),
    );
    expect(toolsOf(tree)).toEqual({ a: ['x'], b: [] });
  });

  it('is not guessed: the tool is an orphan then', async () => {
    const tree = await treeOf(
      span({ id: 'root', to: 100 }),
      askingSpan([{ id: 't1', name: 'find' }], { id: 'a', parent: 'root', from: 1 }),
      toolSpan({ id: 'x', parent: 'root', from: 5, attributes: { 'gen_ai.tool.call.id': 'other' } }),
    );
    expect(toolsOf(tree)).toEqual({ a: [] });
    expect(tree.orphans).toMatchObject([{ type: 'tool.start', name: 'find' }, { type: 'tool.end' }]);
  });

  it('gets the error of a tool that failed', async () => {
    const tree = await treeOf(
      askingSpan([{ id: 't1', name: 'find' }], { id: 'a', from: 1, to: 9 }),
      toolSpan({ id: 'x', parent: 'a', from: 5, status: { code: 2, message: 'no such thing' } }),
    );
    expect(callsOf(tree)[0]?.tool_calls).toMatchObject([
      { status: 'error', result: { error: { message: 'no such thing' } } },
    ]);
  });
});

describe('how a call ended', () => {
  it.each([
    ['AbortError', 'aborted'],
    ['APIConnectionTimeoutError', 'timeout'],
    ['RateLimitError', 'error'],
  ])('%s is %s', async (type, status) => {
    const attributes = { 'error.type': type, 'http.response.status_code': 429 };
    const tree = await treeOf(chatSpan({ id: 'a', attributes, status: { code: 2, message: 'why' } }));
    const error = { type, status: 429, message: 'why' };
    expect(callsOf(tree)).toMatchObject([{ status, error, attempts: [{ status, http_status: 429, error }] }]);
  });
});

describe('what was said', () => {
  it('is kept as text where it was cut off', async () => {
    const half = '[{"role":"user","parts":[{"type":"te';
    const tree = await treeOf(
      chatSpan({ id: 'a', attributes: { 'gen_ai.input.messages': half, 'gen_ai.output.messages': half } }),
    );
    expect(callsOf(tree)).toMatchObject([
      {
        pre: { messages: [{ role: 'user', content: half }] },
        post: { message: { role: 'assistant', content: half } },
      },
    ]);
  });

  it('is read from events, as older conventions have it', async () => {
    const event = (name: string, attributes: Span['attributes']) => ({ name, timeUnixNano: '1', attributes });
    const call = { id: 't1', type: 'function', function: { name: 'find', arguments: '{}' } };
    const tree = await treeOf(
      chatSpan({
        id: 'a',
        events: [
          event('gen_ai.system.message', { content: 'Be brief.' }),
          event('gen_ai.user.message', { 'gen_ai.event.content': '{"content":"hello"}' }),
          event('gen_ai.assistant.message', { tool_calls: JSON.stringify([call]) }),
          event('gen_ai.tool.message', { id: 't1', content: 'found' }),
          event('gen_ai.choice', { index: 0, finish_reason: 'stop', message: '{"content":"Hi."}' }),
        ],
      }),
    );
    expect(callsOf(tree)).toMatchObject([
      {
        pre: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'hello' },
            { role: 'assistant', content: null, tool_calls: [call] },
            { role: 'tool', tool_call_id: 't1', content: 'found' },
          ],
        },
        post: { message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' },
      },
    ]);
  });

  it('keeps images, reasoning and the names of speakers', async () => {
    const image = { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'aGk=' };
    const parts = [{ type: 'text', content: 'look' }, image];
    const thought = [
      { type: 'reasoning', content: 'hm' },
      { type: 'text', content: 'nice' },
    ];
    const attributes = {
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', name: 'ann', parts }]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: thought }]),
    };
    const tree = await treeOf(chatSpan({ id: 'a', attributes }));
    expect(callsOf(tree)[0]?.pre.messages).toEqual([
      { role: 'user', name: 'ann', content: [{ type: 'text', text: 'look' }, image] },
    ]);
    expect(callsOf(tree)[0]?.post?.message).toEqual({
      role: 'assistant',
      content: 'nice',
      reasoning_content: 'hm',
    });
  });
});

describe('spans from anywhere', () => {
  const names = [
    ...['gen_ai.operation.name', 'gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.tool.call.id'],
    ...[
      'gen_ai.agent.name',
      'gen_ai.usage.input_tokens',
      'gen_ai.response.finish_reasons',
      'gen_ai.prompt.0.role',
    ],
    ...['ai.operationId', 'ai.prompt.messages', 'ai.response.toolCalls', 'ai.prompt.tools', 'error.type'],
    ...[
      'openinference.span.kind',
      'llm.input_messages.0.message.role',
      'llm.input_messages.0.message.__proto__.x',
    ],
    ...[
      'llm.input_messages.99999999999.message.content',
      'llm.tools.0.tool.json_schema',
      'input.value',
      '__proto__',
    ],
    ...['gen_ai.completion.0.tool_calls.0.name', 'traceloop.span.kind', 'llm.invocation_parameters'],
  ];
  const words = ['chat', 'execute_tool', 'invoke_agent', 'embeddings', 'LLM', 'TOOL', 'AGENT', 'EMBEDDING'];
  const more = [
    'ai.generateText.doGenerate',
    'ai.toolCall',
    'agent',
    '[{"role":1,"parts":[null,{"type":"text"}]}]',
  ];
  const value = fc.oneof(
    fc.constantFrom(...words, ...more),
    fc.jsonValue({ maxDepth: 3 }).map((any) => any as never),
  );
  const ids = fc.constantFrom('1', '2', '3', '4', '5', '6');
  const anySpan = fc.record(
    {
      id: ids,
      parent: fc.oneof(ids, fc.constant('elsewhere')),
      traceId: fc.constantFrom(TRACE, 'b'.repeat(32)),
      startTimeUnixNano: fc.constantFrom('0', '', '17', '-5', 'x', '9'.repeat(25), '1790000000000000000'),
      attributes: fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true }),
      remoteParent: fc.boolean(),
      events: fc.array(
        fc.record({
          name: fc.constantFrom('gen_ai.choice', 'gen_ai.user.message', 'gen_ai.content.prompt', 'exception'),
          timeUnixNano: fc.constant('1'),
          attributes: fc.dictionary(
            fc.constantFrom('gen_ai.prompt', 'message', 'content', 'tool_calls'),
            value,
            {
              noNullPrototype: true,
            },
          ),
        }),
        { maxLength: 2 },
      ),
      status: fc.record({ code: fc.integer({ min: 0, max: 3 }) }),
    },
    { requiredKeys: ['id'] },
  );

  it('never throw and never trouble a log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySpan, { maxLength: 8 }), fc.uuid(), async (sketches, folder) => {
        const spans = sketches.map(span);
        const trees = await treesOf(`${tempDir()}/${folder}`, spansToEvents(spans));
        for (const { audit } of trees.values())
          expect(audit).toMatchObject({ logger_errors: 0, damaged_lines: 0 });
      }),
      { numRuns: 300 },
    );
  });

  it('give one tree in any order, and sent twice', async () => {
    const trees = async (dir: string, spans: Span[]) =>
      [...(await treesOf(`${tempDir()}/${dir}`, spansToEvents(spans))).values()]
        .map(canonicalTree)
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    const all = ['ai-sdk-7', 'ai-sdk-7-legacy', 'openinference-4'].flatMap(recordedSpans);
    const expected = await trees('in-order', all);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.uuid(),
        async (spans, folder) => {
          expect(await trees(folder, [...spans, ...spans.slice(3)])).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('lose no call in circles and abysses, and waste no time there', () => {
    const chain = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        span({ id: `s${i}`, ...(i > 0 && { parent: `s${i - 1}` }), from: i, to: 100_000 - i }),
      );
    const circle = (count: number) =>
      Array.from({ length: count }, (_, i) => chatSpan({ id: `s${i}`, parent: `s${(i + 1) % count}` }));
    const calls = (spans: Span[]) => spansToEvents(spans).filter(({ type }) => type === 'call.end').length;
    const began = performance.now();
    expect(calls([...chain(3_000), chatSpan({ id: 'call', parent: 's2999', from: 5_000 })])).toBe(1);
    expect(calls(circle(1))).toBe(1);
    expect(calls(circle(2))).toBeGreaterThan(0);
    expect(calls(circle(1_000))).toBe(1_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
