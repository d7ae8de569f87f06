import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StreamPart } from '../src/index.ts';
import { hello, recordedClient, serve, sse } from './support.ts';

const messages = [...hello];
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const toolCall = fc.record({ name: fc.constantFrom('add', 'find'), args: fc.json({ maxDepth: 2 }) });
const choice = fc.record({
  content: fc.option(text),
  reasoning: fc.option(text, { nil: undefined }),
  refusal: fc.option(text, { nil: undefined }),
  tools: fc.array(toolCall, { maxLength: 3 }),
  finish: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter', 'odd'),
  logprobs: fc.option(
    fc.array(fc.record({ token: text, logprob: fc.double({ noNaN: true }) }), { minLength: 1, maxLength: 4 }),
  ),
});
const completion = fc.array(choice, { minLength: 1, maxLength: 3 });
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

const head = { id: 'c', model: 'm-1' };
const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };

function toWhole(choices: Choice[]) {
  return {
    ...head,
    usage,
    choices: choices.map(({ content, reasoning, refusal, tools, finish, logprobs }, index) => ({
      index,
      finish_reason: finish,
      logprobs: logprobs && { content: logprobs },
      message: {
        role: 'assistant',
        content,
        ...(reasoning !== undefined && { reasoning_content: reasoning }),
        ...(refusal !== undefined && { refusal }),
        ...(tools.length > 0 && {
          tool_calls: tools.map(({ name, args }, i) => ({
            id: `call_${i}`,
            type: 'function',
            function: { name, arguments: args },
          })),
        }),
      },
    })),
  };
}

/** The same in pieces, those of the choices mixed; `cut` says how long the next piece is, and whose turn it is. */
function toChunks(choices: Choice[], cut: (below: number) => number): object[] {
  const pieces = (whole: string) => {
    const cuts: string[] = [];
    for (let at = 0; at < whole.length || cuts.length === 0; at += cuts.at(-1)?.length ?? 0)
      cuts.push(whole.slice(at, at + 1 + cut(8)));
    return cuts;
  };
  const queues = choices.map(({ content, reasoning, refusal, tools, finish, logprobs }) => {
    const deltas: object[] = [{ role: 'assistant' }];
    if (reasoning !== undefined)
      for (const piece of pieces(reasoning)) deltas.push({ reasoning_content: piece });
    if (content !== null) for (const piece of pieces(content)) deltas.push({ content: piece });
    if (refusal !== undefined) for (const piece of pieces(refusal)) deltas.push({ refusal: piece });
    for (const [index, { name, args }] of tools.entries()) {
      const [first, ...rest] = pieces(args);
      const begin = { index, id: `call_${index}`, type: 'function', function: { name, arguments: first } };
      deltas.push({ tool_calls: [begin] });
      for (const piece of rest) deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
    const chunks = deltas.map((delta) => ({
      delta,
      finish_reason: null as string | null,
      logprobs: null as object | null,
    }));
    for (const token of logprobs ?? [])
      chunks.push({ delta: {}, finish_reason: null, logprobs: { content: [token] } });
    return [...chunks, { delta: {}, finish_reason: finish, logprobs: null }];
  });
  const chunks: object[] = [];
  while (queues.some(({ length }) => length > 0)) {
    const index = cut(queues.length);
    const next = queues[index]?.shift();
    if (next !== undefined) chunks.push({ ...head, choices: [{ index, ...next }] });
  }
  return [...chunks, { ...head, choices: [], usage }];
}

it('a reply is the same whole and streamed, however it is cut', async () => {
  let answer: { whole: object; chunks: object[] } = { whole: {}, chunks: [] };
  await using server = await serve((request, response) => {
    request.resume().on('end', () => {
      const streamed = request.headers['x-streamed'] === 'yes';
      response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
      response.end(streamed ? sse(...answer.chunks) : JSON.stringify(answer.whole));
    });
  });
  const { client } = recordedClient(server.url);
  const streaming = recordedClient(server.url, { headers: { 'x-streamed': 'yes' } }).client;
  await fc.assert(
    fc.asyncProperty(completion, fc.infiniteStream(fc.nat(1_000)), async (choices, numbers) => {
      const cut = (below: number) => Number(numbers.next().value) % below;
      answer = { whole: toWhole(choices), chunks: toChunks(choices, cut) };
      const whole = await client.chat({ messages, n: choices.length });
      const stream = streaming.stream({ messages, n: choices.length });
      const parts: StreamPart[] = [];
      for await (const part of stream) parts.push(part);
      const same = { callId: '', durationMs: 0 };
      expect({ ...(await stream.result()), ...same }).toEqual({ ...whole, ...same });
      expect(whole.choices.map(({ finishReasonRaw }) => finishReasonRaw)).toEqual(
        choices.map(({ finish }) => finish),
      );
      expect(whole.choices.map(({ toolCalls }) => toolCalls.map(({ json }) => json))).toEqual(
        choices.map(({ tools }) => tools.map(({ args }) => JSON.parse(args))),
      );
      expect(parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')).toBe(whole.text);
      expect(parts.map((part) => (part.type === 'reasoning-delta' ? part.text : '')).join('')).toBe(
        whole.reasoning ?? '',
      );
    }),
    { numRuns: 60 },
  );
});
