import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldText, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { withAgent } from '../identity/context.ts';
import type { RunTree } from '../schema/tree.ts';
import { fromOtlp } from './from-otlp.ts';
import { fromOtlpRequest } from './otlp-json.ts';
import { toOtlp } from './to-otlp.ts';

const tempDir = useTempDir();

/** Two agents, one inside of the other, a retry, a tool, a message. */
async function recordRun(): Promise<RunTree> {
  const log = createCallLog({ dir: tempDir(), tree: false });
  await log.run({ id: 'run-1', name: 'two agents' }, () =>
    withAgent({ id: 'planner', name: 'Pat' }, () => {
      const { logger } = log;
      const first = { role: 'user', content: 'Plan.' };
      const common = { type: 'call.start', operation: 'chat', provider: 'mistral', model: 'large' } as const;
      logger({
        ...common,
        call_id: 'c1',
        messages: [first],
        parameters: { temperature: 0.5, max_tokens: 9, user: 'u' },
      });
      logger({ type: 'attempt.start', call_id: 'c1', number: 1, provider: 'mistral', model: 'large' });
      logger({ type: 'attempt.end', call_id: 'c1', number: 1, status: 'error', http_status: 429 });
      logger({ type: 'attempt.start', call_id: 'c1', number: 2, provider: 'mistral', model: 'large' });
      logger({ type: 'attempt.end', call_id: 'c1', number: 2, status: 'ok' });
      logger({
        type: 'call.end',
        call_id: 'c1',
        status: 'ok',
        reply: {
          message: { role: 'assistant', content: 'Go.' },
          finish_reason: 'tool-calls',
          model: 'large-1',
        },
        usage: { input_tokens: 7, output_tokens: 2, cache_read_input_tokens: 3, source: 'provider' },
        cost_usd: 0.25,
      });
      logger({
        type: 'tool.start',
        call_id: 'c1',
        tool_call_id: 't',
        name: 'look',
        arguments: { at: 'sky' },
      });
      logger({
        type: 'tool.end',
        call_id: 'c1',
        tool_call_id: 't',
        status: 'ok',
        result: 'blue',
        duration_ms: 3,
      });
      logger({
        type: 'message',
        message_id: 'm1',
        from: 'planner',
        to: 'doer',
        call_id: 'c1',
        content: 'Go.',
        status: 'handled',
      });
      logger({ ...common, call_id: 'c2', messages: [first, { role: 'user', content: 'More.' }] });
      withAgent({ id: 'doer' }, () =>
        logger({ ...common, operation: 'responses', call_id: 'c3', messages: [], parent_call_id: 'c2' }),
      );
      logger({
        type: 'call.end',
        call_id: 'c3',
        status: 'timeout',
        error: { type: 'TimeoutError', message: 'too slow' },
      });
    }),
  );
  await log.close();
  return foldText(readFileSync(join(tempDir(), 'run-1.jsonl')));
}

describe('the trace of a run', () => {
  it('has run → agent → call → attempts and tools, named as the conventions ask', async () => {
    const spans = fromOtlpRequest(toOtlp(await recordRun()));
    const named = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    const shown = spans.map(({ name, parentSpanId, kind, status }) => [
      parentSpanId === undefined ? '' : named.get(parentSpanId),
      name,
      kind,
      status.code,
    ]);
    expect(shown).toEqual([
      ['', 'invoke_workflow two agents', 1, 0],
      ['invoke_workflow two agents', 'invoke_agent Pat', 1, 0],
      ['invoke_agent Pat', 'invoke_agent doer', 1, 0],
      ['invoke_agent Pat', 'chat large', 3, 0],
      ['chat large', 'attempt 1', 3, 2],
      ['chat large', 'attempt 2', 3, 0],
      ['chat large', 'execute_tool look', 1, 0],
      ['invoke_agent Pat', 'chat large', 3, 2],
      ['invoke_agent doer', 'chat large', 3, 2],
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    for (const { startTimeUnixNano, endTimeUnixNano } of spans)
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  });

  it('says of a call what the conventions have names for', async () => {
    const spans = fromOtlpRequest(toOtlp(await recordRun()));
    const call = (id: string) =>
      spans.find(({ attributes }) => attributes['pd.call.id'] === id)?.attributes ?? {};
    const { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output, ...rest } = call('c1');
    expect(rest).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': 'large',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 9,
      'gen_ai.response.model': 'large-1',
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.usage.input_tokens': 7,
      'gen_ai.usage.output_tokens': 2,
      'gen_ai.usage.cache_read.input_tokens': 3,
      'gen_ai.agent.id': 'planner',
      'gen_ai.agent.name': 'Pat',
      'gen_ai.conversation.id': 'run-1',
      'pd.cost_usd': 0.25,
      'pd.rest': '{"set":{"pre":{"provider":"mistral","parameters":{"user":"u"}}}}',
    });
    expect(JSON.parse(String(input))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'Plan.' }] },
    ]);
    expect(JSON.parse(String(output))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Go.' }], finish_reason: 'tool_call' },
    ]);
    // The whole request, although only its end is new in the call; and a call that was interrupted is an error.
    expect(JSON.parse(String(call('c2')['gen_ai.input.messages']))).toHaveLength(2);
    expect(call('c2')).toMatchObject({ 'error.type': 'interrupted', 'pd.new_messages': 1 });
    expect(call('c3')).toMatchObject({ 'gen_ai.operation.name': 'chat', 'error.type': 'TimeoutError' });
  });

  it('leaves tokens to the call: backends add up every span that has them', async () => {
    const spans = fromOtlpRequest(toOtlp(await recordRun()));
    const counted = spans.filter((span) =>
      Object.keys(span.attributes).some((name) => name.startsWith('gen_ai.usage')),
    );
    expect(counted.map(({ name }) => name)).toEqual(['chat large']);
  });

  it('has messages between agents as events of the sender', async () => {
    const spans = fromOtlpRequest(toOtlp(await recordRun()));
    expect(
      spans.flatMap(({ name, events }) => events.map((event) => ({ of: name, ...event }))),
    ).toMatchObject([
      {
        of: 'invoke_agent Pat',
        name: 'pd.message',
        attributes: { 'pd.message.to': 'doer', 'pd.message.content': 'Go.', 'pd.call.id': 'c1' },
      },
    ]);
  });

  it('comes back', async () => {
    const tree = await recordRun();
    expect(await fromOtlp(toOtlp(tree))).toEqual([tree]);
    expect(await fromOtlp(toOtlp(tree, { messages: 'new' }))).toEqual([tree]);
  });
});

describe('a trace that is not whole', () => {
  it('without its root is a run that was interrupted', async () => {
    const tree = await recordRun();
    const request = toOtlp(tree);
    const list = request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    list.splice(0, 3);
    const [back] = await fromOtlp(request);
    expect(back?.run).toMatchObject({ id: 'run-1', status: 'interrupted', totals: tree.run.totals });
    expect(back?.agents.map(({ calls }) => calls)).toEqual(tree.agents.map(({ calls }) => calls));
  });

  it('without a call keeps its parts as orphans', async () => {
    const request = toOtlp(await recordRun());
    const list = request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    list.splice(3, 1);
    const [back] = await fromOtlp(request);
    expect(back?.orphans.map(({ name }) => name)).toEqual(['attempt 1', 'attempt 2', 'execute_tool look']);
  });
});

describe('what is no OTLP is refused, and where', () => {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
  const request = (...spans: unknown[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const own = (kind: string, more: object) =>
    request({
      ...span,
      attributes: Object.entries({ 'pd.kind': kind, ...more }).map(([key, value]) => ({
        key,
        value: { stringValue: value },
      })),
    });

  it.each([
    [null, 'the top'],
    [{}, 'the top'],
    [{ resourceSpans: [7] }, 'resourceSpans[0]'],
    [{ resourceSpans: [{ scopeSpans: 'x' }] }, 'resourceSpans[0].scopeSpans'],
    [request(7), 'resourceSpans[0].scopeSpans[0].spans[0]'],
    [request({ traceId: 'x' }), 'resourceSpans[0].scopeSpans[0].spans[0].traceId'],
    [request({ ...span, spanId: 7 }), 'resourceSpans[0].scopeSpans[0].spans[0].spanId'],
    [request({ ...span, events: {} }), 'resourceSpans[0].scopeSpans[0].spans[0].events'],
    [own('run', {}), 'run undefined'],
    [own('call', { 'pd.rest': '{"set":{"usage":null}}' }), 'the attributes of a call'],
    [own('call', { 'pd.rest': '{"set":7,"absent":[7,[8]]}' }), `run ${'a'.repeat(32)}`],
    [
      own('agent', { 'pd.rest': `{"set":{"totals":${'['.repeat(9000)}${']'.repeat(9000)}}}` }),
      `run ${'a'.repeat(32)}`,
    ],
  ])('%#', async (json, place) => {
    await expect(fromOtlp(json)).rejects.toMatchObject({ code: 'otlp_format', place });
  });

  it('what is merely strange is read', () => {
    const [read] = fromOtlpRequest(
      request({
        ...span,
        traceId: 'A'.repeat(32),
        parentSpanId: '0'.repeat(16),
        startTimeUnixNano: 1.5e18,
        endTimeUnixNano: 'soon',
        kind: 'SPAN_KIND_CLIENT',
        attributes: 'none',
        status: 7,
        events: [null, { name: 7 }],
      }),
    );
    expect(read).toEqual({
      ...span,
      name: '',
      kind: 0,
      startTimeUnixNano: '1500000000000000000',
      endTimeUnixNano: '1500000000000000000',
      attributes: {},
      events: [{ name: '', timeUnixNano: '1500000000000000000', attributes: {} }],
      status: { code: 0 },
      scope: { name: '' },
      resource: {},
    });
  });

  it('spans of others are left out', async () => {
    expect(await fromOtlp(request(span))).toEqual([]);
  });
});
