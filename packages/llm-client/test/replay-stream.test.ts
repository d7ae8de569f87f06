import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { describe, expect, it } from 'vitest';
import type { LLMClient, StreamPart } from '../src/index.ts';
import { useRecordings } from './recording.ts';
import { hello, serve, sse } from './support.ts';

const { record } = useRecordings();

const firstCall = (tree: RunTree) => tree.agents[0]?.calls[0];

const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'm-1',
  choices: [{ index: 0, delta, finish_reason }],
});
/** Pieces cut where nobody would cut, with the oddities of real streams around them. */
const odd = [
  { id: '', model: '', choices: [] },
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: null, reasoning_content: 'Let me ' }),
  chunk({ reasoning_content: 'think.' }),
  chunk({ content: 'Zwölf Bo' }),
  chunk({ content: 'xkämpfer ja' }),
  chunk({ content: 'g' }),
  chunk({ content: 't 👍' }),
  chunk({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'one', arguments: '' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"x":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }),
  chunk({
    tool_calls: [{ index: 1, id: 'b', type: 'function', function: { name: 'two', arguments: '{}' } }],
  }),
  chunk({}, 'tool_calls'),
  {
    id: 'c',
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 2 } },
  },
];

/** Sends the chunks, each so long after the one before, and what ends the stream. */
const streaming = (chunks: object[], gapMs: number, end = 'data: [DONE]\n\n') =>
  serve(async (_, response) => {
    response.setHeader('content-type', 'text/event-stream');
    for (const each of chunks) {
      response.write(sse(each));
      await sleep(gapMs);
    }
    response.end(end);
  });

async function read(client: LLMClient) {
  const parts: StreamPart[] = [];
  const at: number[] = [];
  const begun = performance.now();
  for await (const part of client.stream({ messages: [...hello] })) {
    parts.push(part);
    at.push(performance.now() - begun);
  }
  return { parts, at };
}

const texts = (parts: StreamPart[]) =>
  parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : []));

describe('a replayed stream', () => {
  it('has its text in the recorded pieces, its reasoning before and its tool calls after them', async () => {
    let live: StreamPart[] = [];
    await using server = await streaming(odd, 1);
    const program = async (client: LLMClient) => {
      live = (await read(client)).parts;
    };
    const original = await record({ baseURL: server.url }, program, { tree: 'inline' });
    expect(firstCall(original.tree)?.chunks?.ends).toEqual([8, 19, 20, 24]);
    for (const path of [original.path, original.path.replace('.jsonl', '.json')]) {
      // The second time there is nothing but the tree.
      if (path !== original.path) rmSync(original.path);
      let parts: StreamPart[] = [];
      const replayed = await record({ replay: path }, async (client) => {
        parts = (await read(client)).parts;
      });
      expect(texts(parts)).toEqual(texts(live));
      expect(texts(parts)).toEqual(['Zwölf Bo', 'xkämpfer ja', 'g', 't 👍']);
      expect(parts.map(({ type }) => type)).toEqual([
        'reasoning-delta',
        ...Array.from({ length: 4 }, () => 'text-delta'),
        ...['tool-call-delta', 'tool-call-delta', 'usage', 'finish'],
      ]);
      expect(parts.slice(-2)).toEqual(live.slice(-2));
      expect(firstCall(replayed.tree)?.chunks?.ends).toEqual([8, 19, 20, 24]);
      expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    }
  });

  it('takes no time, its own time, or a part of it', async () => {
    const chunks = [...['a', 'b', 'c', 'd'].map((content) => chunk({ content })), chunk({}, 'stop')];
    await using server = await streaming(chunks, 60);
    const { path, tree } = await record({ baseURL: server.url }, read);
    const [first = 0, , , last = 0] = firstCall(tree)?.chunks?.at_ms ?? [];
    expect(last - first).toBeGreaterThan(150);
    /** Until the last piece of text. */
    const taken = async (timing: 'none' | 'real' | number) => {
      let ms = 0;
      await record({ replay: { path, timing } }, async (client) => {
        ms = (await read(client)).at[3] ?? 0;
      });
      return ms;
    };
    const real = await taken('real');
    // A timer may fire a millisecond early, and as late as it likes on a busy machine.
    expect(real).toBeGreaterThan(last - 20);
    expect(await taken(0.5)).toBeGreaterThan(last / 2 - 20);
    expect(await taken('none')).toBeLessThan(real);
  });

  it('that takes its time can be aborted', async () => {
    await using server = await streaming([chunk({ content: 'a' }), chunk({}, 'stop')], 50);
    const { path } = await record({ baseURL: server.url }, read);
    const reason = new Error('enough');
    const { tree } = await record({ replay: { path, timing: 10_000 } }, async (client) => {
      const signal = AbortSignal.timeout(20);
      const controller = new AbortController();
      signal.addEventListener('abort', () => controller.abort(reason));
      const result = client.stream({ messages: [...hello], signal: controller.signal }).result();
      await expect(result).rejects.toBe(reason);
    });
    expect(firstCall(tree)?.status).toBe('aborted');
  });

  it.each<[string, string, string]>([
    ['was cut off', '', 'truncated'],
    ['broke off with an error', 'data: {"error":{"message":"overloaded","code":503}}\n\n', 'error'],
  ])('that %s does so again, with what had come', async (_, end, status) => {
    await using server = await streaming(
      [chunk({ content: 'One, ' }), chunk({ content: 'two' }), chunk({ refusal: 'no' })],
      1,
      end,
    );
    const failed: string[] = [];
    const program = async (client: LLMClient) => {
      const error = await read(client).catch((cause: unknown) => cause);
      failed.push((error as Error).name);
    };
    const original = await record({ baseURL: server.url, retry: false }, program);
    expect(firstCall(original.tree)?.status).toBe(status);
    const replayed = await record({ replay: original.path }, program);
    expect(failed[1]).toBe(failed[0]);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    expect(firstCall(replayed.tree)?.chunks?.ends).toEqual([5, 8]);
  });

  it('that began anew does so again, with the text that became void', async () => {
    let requests = 0;
    const ends = ['', 'data: {"error":{"message":"overloaded","code":503}}\n\n', 'data: [DONE]\n\n'];
    await using server = await serve(async (_, response) => {
      const nth = requests++ % 3;
      response.setHeader('content-type', 'text/event-stream');
      const texts = [['One, ', 'tw'], ['Uno, '], ['Eins, ', 'zwei.']][nth] ?? [];
      for (const content of texts) {
        response.write(sse(chunk({ content }, content === 'zwei.' ? 'stop' : null)));
        await sleep(20);
      }
      response.end(ends[nth]);
    });
    const retry = { afterFirstChunk: true, baseDelayMs: 1, maxDelayMs: 1 };
    const told = async (options: Parameters<typeof record>[0]) => {
      let parts: StreamPart[] = [];
      let at: number[] = [];
      const recorded = await record(options, async (client) => {
        ({ parts, at } = await read(client));
      });
      return { ...recorded, at, told: parts.map((part) => ('text' in part ? part.text : part.type)) };
    };
    const original = await told({ baseURL: server.url, retry });
    const expected = ['One, ', 'tw', 'restart', 'Uno, ', 'restart', 'Eins, ', 'zwei.', 'usage', 'finish'];
    expect(original.told).toEqual(expected);
    expect(firstCall(original.tree)?.chunks?.restarts).toMatchObject([
      { attempt: 1, text: 'One, tw', ends: [5, 7] },
      { attempt: 2, text: 'Uno, ', ends: [5] },
    ]);
    // Whatever the replaying client would do by itself.
    const replayed = await told({ replay: original.path });
    expect(replayed.told).toEqual(expected);
    expect(firstCall(replayed.tree)?.chunks?.restarts).toMatchObject([
      { attempt: 1, text: 'One, tw', ends: [5, 7] },
      { attempt: 2, text: 'Uno, ', ends: [5] },
    ]);
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    const { at } = await told({ replay: { path: original.path, timing: 'real' } });
    // About 20 ms, of which a busy machine may hand out the first part late; without the times it is next to nothing.
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(3);
  });

  it('that was left early has what had come on record, too', async () => {
    await using server = await streaming(
      [chunk({ content: 'One, ' }), chunk({ content: 'two' }), chunk({}, 'stop')],
      5,
    );
    const leave = async (client: LLMClient) => {
      for await (const part of client.stream({ messages: [...hello] })) if (part.type === 'text-delta') break;
    };
    const original = await record({ baseURL: server.url }, leave);
    const replayed = await record({ replay: original.path }, leave);
    expect(firstCall(original.tree)?.status).toBe('aborted');
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
  });
});
