import { describe, expect, it } from 'vitest';
import { useTempDir } from '../../test/helpers.ts';
import { callsOf, recordedSpans, treesOf } from '../../test/spans.ts';
import { callsById, expandRequest } from '../reader.ts';
import { spansToEvents } from './spans-to-events.ts';

const tempDir = useTempDir();

const system = { role: 'system', content: 'Be brief.' };
const asked = { role: 'user', content: 'use weather Paris' };
const weather = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"input":"Paris"}' },
};
const asking = { role: 'assistant', content: null, tool_calls: [weather] };
const blue = '{"sky":"blue","input":"Paris"}';

/** All calls of all runs, with what the model's server got and gave. */
async function read(name: string) {
  const trees = [...(await treesOf(tempDir(), spansToEvents(recordedSpans(name)))).values()];
  const calls = trees.flatMap((tree) =>
    callsOf(tree).map((call) => ({ ...call, sent: expandRequest(call, callsById(tree)) })),
  );
  for (const { orphans } of trees) expect(orphans).toEqual([]);
  return { trees, calls };
}

describe('spans of real programs', () => {
  it.each([
    { name: 'ai-sdk-7', runs: 3, source: 'context', reason: 'tool_call' },
    { name: 'ai-sdk-7-legacy', runs: 3, source: 'explicit', reason: 'tool-calls' },
    { name: 'ai-sdk-5', runs: 3, source: 'explicit', reason: 'tool-calls' },
  ])('$name', async ({ name, runs, source }) => {
    const { trees, calls } = await read(name);
    expect(trees).toHaveLength(runs);
    const [first, second, streamed, ...failed] = calls;
    expect(first).toMatchObject({
      owner: 'forecaster',
      agent_source: source,
      operation: 'chat',
      status: 'ok',
      pre: { provider: 'local.chat', model: 'm1', parameters: { temperature: 0.5 } },
      post: { id: 'chatcmpl-1', model: 'm1-served', message: asking, finish_reason: 'tool-calls' },
      usage: { input_tokens: 11, output_tokens: 1, source: 'provider' },
      attempts: [{ number: 1, status: 'ok', model: 'm1-served' }],
      tool_calls: [
        {
          id: 'call_1',
          name: 'weather',
          arguments: { input: 'Paris' },
          result: JSON.parse(blue),
          status: 'ok',
        },
      ],
    });
    expect(first?.sent).toEqual([system, asked]);
    expect(first?.pre.tools).toMatchObject([{ name: 'weather' }]);
    expect(second?.sent).toEqual([
      system,
      asked,
      asking,
      { role: 'tool', tool_call_id: 'call_1', content: blue },
    ]);
    expect(second).toMatchObject({
      owner: 'forecaster',
      post: { message: { content: `You said: ${blue}` } },
    });
    expect(streamed).toMatchObject({
      owner: 'greeter',
      status: 'ok',
      time_to_first_chunk_ms: expect.closeTo(50, -2.5),
      post: { message: { content: 'You said: hello there' }, finish_reason: 'stop' },
      usage: { input_tokens: 13, output_tokens: 3 },
    });
    // Version 5 has a span for each try, version 7 one for both.
    expect(failed.map(({ status }) => status)).toEqual(name === 'ai-sdk-5' ? ['error', 'error'] : ['error']);
    expect(failed[0]?.owner).toBe(name === 'ai-sdk-5' ? 'a-7' : 'unknown_agent');
    expect(failed[0]?.error?.message).toContain('the model fell over');
    expect(failed[0]?.error?.status).toBe(name === 'ai-sdk-7' ? 500 : undefined);
    expect(trees.map(({ run }) => run.status)).toEqual(['completed', 'completed', 'failed']);
  });

  it('ai-sdk-5: the metadata of the program', async () => {
    const { calls } = await read('ai-sdk-5');
    expect(calls.at(-1)?.pre.metadata).toEqual({
      otel: {
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        span: 'ai.generateText.doGenerate',
        scope: 'ai',
        attributes: expect.objectContaining({ 'ai.telemetry.metadata.team': 'blue' }),
      },
    });
  });

  it.each(['openllmetry-0.27', 'openinference-4'])('%s', async (name) => {
    const { trees, calls } = await read(name);
    expect(trees.map(({ run }) => [run.name, run.status])).toEqual([['outer', 'completed']]);
    const [first, second, streamed, ...none] = calls;
    expect(first).toMatchObject({
      owner: 'unknown_agent',
      agent_source: 'unknown',
      pre: { provider: 'openai', model: 'm1', parameters: { temperature: 0.5, max_tokens: 50 } },
      post: { id: 'chatcmpl-1', model: 'm1-served', message: asking, finish_reason: 'tool-calls' },
      usage: { input_tokens: 11, output_tokens: 1 },
    });
    expect(first?.pre.tools).toMatchObject([{ type: 'function', function: { name: 'weather' } }]);
    expect(second?.sent).toEqual([
      system,
      asked,
      asking,
      { role: 'tool', tool_call_id: 'call_1', content: 'blue' },
    ]);
    expect(streamed).toMatchObject({
      pre: { model: 'm2', messages: [{ role: 'user', content: 'hello there' }] },
      post: { message: { role: 'assistant', content: 'You said: hello there' }, finish_reason: 'stop' },
      usage: { source: 'none' },
    });
    // Neither ends the span of a request that fails.
    expect(none).toEqual([]);
  });

  it('openllmetry-0.14', async () => {
    const { calls } = await read('openllmetry-0.14');
    const [first, second, streamed] = calls;
    expect(first).toMatchObject({
      pre: { provider: 'OpenAI', model: 'm1', messages: [system, asked], parameters: { max_tokens: 50 } },
      post: {
        message: {
          tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"input":"Paris"}' } }],
        },
        finish_reason: 'tool-calls',
      },
      usage: { input_tokens: 11, output_tokens: 1 },
    });
    expect(first?.pre.tools).toMatchObject([
      { function: { name: 'weather', parameters: { type: 'object' } } },
    ]);
    expect(second?.post?.message).toEqual({ role: 'assistant', content: 'You said: blue' });
    expect(streamed?.post?.message).toEqual({ role: 'assistant', content: 'You said: hello there' });
  });
});
