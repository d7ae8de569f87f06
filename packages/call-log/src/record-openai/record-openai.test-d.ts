import OpenAI, { AzureOpenAI } from 'openai';
import type { Stream } from 'openai/core/streaming';
import { describe, expectTypeOf, it } from 'vitest';
import { recordOpenAI } from '../openai.ts';

describe('recordOpenAI', () => {
  it('gives back the type it was given', () => {
    const logger = () => {};
    const client = recordOpenAI(new OpenAI(), { logger });
    expectTypeOf(client).toEqualTypeOf<OpenAI>();
    expectTypeOf(client.withOptions({ maxRetries: 0 })).toEqualTypeOf<OpenAI>();
    expectTypeOf(recordOpenAI(new AzureOpenAI(), { logger })).toEqualTypeOf<AzureOpenAI>();
    const ask = { model: 'm', messages: [] };
    expectTypeOf(client.chat.completions.create(ask)).resolves.toExtend<OpenAI.ChatCompletion>();
    expectTypeOf(client.chat.completions.create({ ...ask, stream: true })).resolves.toExtend<
      Stream<OpenAI.ChatCompletionChunk>
    >();
  });

  it('rejects misuse', () => {
    // @ts-expect-error it has to go somewhere
    recordOpenAI(new OpenAI(), {});
    // @ts-expect-error that is no client
    recordOpenAI({}, { logger: () => {} });
    // @ts-expect-error an agent has an id
    recordOpenAI(new OpenAI(), { logger: () => {}, agent: { name: 'a' } });
  });
});
