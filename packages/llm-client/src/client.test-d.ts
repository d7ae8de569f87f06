import { describe, expectTypeOf, it } from 'vitest';
import type { ChatResult, LLMClient, StreamPart } from './index.ts';

declare const client: LLMClient;

describe('types', () => {
  it('takes OpenAI’s parameters by name and others as extra', () => {
    expectTypeOf(client.chat).parameter(0).toHaveProperty('temperature');
    // @ts-expect-error a misspelt parameter is no parameter
    void (() => client.chat({ messages: [], temprature: 1 }));
    // @ts-expect-error a role that does not exist
    void (() => client.chat({ messages: [{ role: 'robot', content: '' }] }));
    void (() => client.chat({ messages: [], extra: { top_k: 1 } }));
  });

  it('gives a result and typed parts', () => {
    expectTypeOf(client.chat).returns.resolves.toEqualTypeOf<ChatResult>();
    expectTypeOf<Extract<StreamPart, { type: 'text-delta' }>['text']>().toEqualTypeOf<string>();
    expectTypeOf<
      Awaited<ReturnType<ReturnType<LLMClient['stream']>['result']>>
    >().toEqualTypeOf<ChatResult>();
  });
});
