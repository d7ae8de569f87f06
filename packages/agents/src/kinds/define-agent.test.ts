import { describe, expect, it } from 'vitest';
import { defineAgent, InvalidAgentError } from '../index.ts';

describe('defineAgent', () => {
  it('makes an agent of a function: of texts, replies and streams', async () => {
    async function* words() {
      yield 'one ';
      yield 'two';
    }
    const streaming = defineAgent({ id: 's', respond: words });
    const texts: string[] = [];
    for await (const text of streaming.stream({ content: '' })) texts.push(text);
    expect(texts).toEqual(['one ', 'two']);
    expect(await streaming.respond({ content: '' })).toEqual({ content: 'one two' });
    expect(await defineAgent({ id: 't', respond: async () => 'x' }).respond({ content: '' })).toEqual({
      content: 'x',
    });
    await expect(
      defineAgent({ id: 'n', respond: () => 7 as never }).respond({ content: '' }),
    ).rejects.toThrow(TypeError);
    expect(() => defineAgent({ id: 'n' } as never)).toThrow(InvalidAgentError);
  });
});
