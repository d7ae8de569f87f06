import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatAssembly } from './chat-assembly.ts';
import type { WireCompletion, WireMessage, WireToolCall } from './shapes.ts';

/** Beside the repository, not in it: recorded replies of real providers. */
const folder = resolve(import.meta.dirname, '../../../../..', 'shared/data/streams');
const present = existsSync(folder);
const names = (end: RegExp) => (present ? readdirSync(folder).filter((name) => end.test(name)) : []);

function readChunks(name: string): WireCompletion[] {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  const payloads = name.endsWith('.sse')
    ? lines.filter((text) => text.startsWith('data: ')).map((text) => text.slice(6))
    : lines;
  return payloads
    .filter((text) => text.trim() !== '' && text.trim() !== '[DONE]')
    .map((text) => JSON.parse(text));
}

/** What the chunks say, found in the plainest way there is. */
function foldByHand(chunks: WireCompletion[]) {
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  const deltas = choices.flatMap(({ delta }): WireMessage[] => (delta ? [delta] : []));
  const tools = deltas.flatMap(({ tool_calls }): WireToolCall[] => tool_calls ?? []);
  return {
    content: deltas.map(({ content }) => content ?? '').join(''),
    reasoning: deltas
      .map(({ reasoning_content, reasoning }) => reasoning_content ?? reasoning ?? '')
      .join(''),
    arguments: tools.map((call) => call.function?.arguments ?? '').join(''),
    tools: tools.flatMap((call) => call.function?.name ?? []),
    finish: choices.findLast(({ finish_reason }) => finish_reason)?.finish_reason,
    usage:
      chunks.findLast(({ usage }) => usage)?.usage ??
      chunks.findLast(({ x_groq }) => x_groq?.usage)?.x_groq?.usage,
  };
}

describe.skipIf(!present)('recorded streams (needs ../shared/data/streams beside the repository)', () => {
  it.each(names(/\.(chunks\.txt|sse)$/))('%s is assembled as its chunks say', (name) => {
    const chunks = readChunks(name);
    const expected = foldByHand(chunks);
    const assembly = new ChatAssembly();
    const deltas = chunks.map((chunk) => assembly.push(chunk));
    const { message, finish_reason_raw } = assembly.reply();
    const calls = (message?.tool_calls ?? []) as { function: { name: string; arguments: string } }[];
    expect(message?.content ?? '').toBe(expected.content);
    expect(message?.reasoning_content ?? message?.reasoning ?? '').toBe(expected.reasoning);
    expect(calls.map((call) => call.function.arguments).join('')).toBe(expected.arguments);
    expect(calls.map((call) => call.function.name)).toEqual(expected.tools);
    for (const call of calls) expect(() => JSON.parse(call.function.arguments)).not.toThrow();
    expect(finish_reason_raw).toBe(expected.finish);
    expect(deltas.map(({ text }) => text).join('')).toBe(expected.content);
    expect(deltas.map(({ reasoning }) => reasoning).join('')).toBe(expected.reasoning);
    if (expected.usage)
      expect(assembly.usage).toMatchObject({
        input_tokens: expected.usage.prompt_tokens,
        source: 'provider',
      });
    expect(assembly.complete).toBe(true);
  });

  it.each(names(/\.json$/))('%s, a whole reply, is one chunk', (name) => {
    const whole = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const assembly = new ChatAssembly();
    assembly.push(whole);
    const [{ message, finish_reason }] = whole.choices;
    const reply = assembly.reply();
    expect(reply).toMatchObject({ id: whole.id, model: whole.model, finish_reason_raw: finish_reason });
    expect(reply.message?.content ?? null).toBe(message.content ?? null);
    expect(reply.message?.reasoning_content).toBe(message.reasoning_content);
    expect(reply.message?.tool_calls ?? []).toMatchObject(message.tool_calls ?? []);
  });
});
