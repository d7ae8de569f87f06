import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  type BadToolCall,
  type ChatResult,
  defineTool,
  type Issue,
  type LLMClient,
  type ObjectResult,
  parseToolCalls,
  type ResponsesResult,
  type StreamPart,
} from './index.ts';

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

describe('objects', () => {
  const schema = z.object({ at: z.string().transform((text) => new Date(text)), n: z.number().optional() });

  it('have the type that the schema makes', () => {
    const asked = () => client.generateObject({ messages: [], schema });
    expectTypeOf(asked).returns.resolves.toEqualTypeOf<ObjectResult<{ at: Date; n?: number | undefined }>>();
    const list = () => client.generateObject({ messages: [], schema: z.array(z.enum(['a', 'b'])) });
    expectTypeOf(list).returns.resolves.toEqualTypeOf<ObjectResult<('a' | 'b')[]>>();
  });

  it('are partial at any depth while they are streamed', () => {
    const deep = z.object({
      at: z.string().transform((text) => new Date(text)),
      list: z.array(z.object({ n: z.number() })),
    });
    const stream = () => client.streamObject({ messages: [], schema: deep });
    type Stream = ReturnType<typeof stream>;
    type Partial = Stream extends AsyncIterable<infer Item> ? Item : never;
    expectTypeOf<Partial>().toEqualTypeOf<{ at?: string; list?: { n?: number }[] }>();
    expectTypeOf<Awaited<ReturnType<Stream['result']>>>().toEqualTypeOf<
      ObjectResult<{ at: Date; list: { n: number }[] }>
    >();
    // @ts-expect-error a text is no schema
    void (() => client.streamObject({ messages: [], schema: 'text' }));
  });

  it('are there only when it says ok', () => {
    const check = (result: ObjectResult<{ a: string }>) => {
      // @ts-expect-error there may be no object
      void result.object;
      if (result.ok) expectTypeOf(result.object.a).toEqualTypeOf<string>();
      else expectTypeOf(result.issues).toEqualTypeOf<Issue[]>();
    };
    void check;
  });

  it('are not asked for with tools or without a schema', () => {
    // @ts-expect-error tools would answer instead
    void (() => client.generateObject({ messages: [], schema, tools: [] }));
    // @ts-expect-error no schema
    void (() => client.generateObject({ messages: [] }));
    // @ts-expect-error a type of JSON Schema says nothing of the result's type
    void (() => client.generateObject({ messages: [], schema: { type: 'object' } }));
  });
});

describe('tools', () => {
  const weather = defineTool({
    name: 'weather',
    description: '',
    input: z.object({ city: z.string() }),
    execute: ({ city }) => city.length,
  });
  const add = defineTool({ name: 'add', description: '', input: z.object({ a: z.coerce.number<string>() }) });

  it('are OpenAI’s, and typed by their name', () => {
    void (() => client.chat({ messages: [], tools: [weather, add] }));
    const parsed = () => parseToolCalls({ toolCalls: [] }, [weather, add]);
    const check = (call: Awaited<ReturnType<typeof parsed>>[number]) => {
      if (!call.ok) expectTypeOf(call).toEqualTypeOf<BadToolCall>();
      else if (call.name === 'weather') {
        expectTypeOf(call.input).toEqualTypeOf<{ city: string }>();
        expectTypeOf(call.tool.execute(call.input, {})).toEqualTypeOf<number>();
      } else {
        expectTypeOf(call.name).toEqualTypeOf<'add'>();
        expectTypeOf(call.input).toEqualTypeOf<{ a: number }>();
        expectTypeOf(call.tool.execute).toEqualTypeOf<undefined>();
      }
    };
    void check;
  });

  it('are refused when execute does not take the input', () => {
    // @ts-expect-error a city is no number
    void (() => defineTool({ name: 'x', description: '', input: weather.input, execute: (n: number) => n }));
  });
});

describe('other operations', () => {
  it('take the parameters of their API', () => {
    expectTypeOf(client.responses).returns.resolves.toEqualTypeOf<ResponsesResult>();
    void (() => client.responses({ input: 'x', previous_response_id: 'r', tools: [{ type: 'web_search' }] }));
    // @ts-expect-error streaming has a method of its own
    void (() => client.responses({ input: 'x', stream: true }));
    void (() => client.embeddings({ input: ['a'], dimensions: 3 }));
    // @ts-expect-error no texts
    void (() => client.embeddings({}));
  });
});
