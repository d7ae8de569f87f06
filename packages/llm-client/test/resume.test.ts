import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBudget, type LLMClient, RecordedError, type StreamPart } from '../src/index.ts';
import { startTestServer } from '../src/testing.ts';
import { useRecordings } from './recording.ts';
import { resumed } from './resuming.ts';

const { record, dir } = useRecordings();
const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

/** One call of every kind, and what came of each. */
async function everyKind(client: LLMClient) {
  const a = client.bind({ agent: { id: 'a' } });
  const chat = await a.chat({ ...ask('How does a bridge stay up?'), n: 2 });
  const parts: StreamPart[] = [];
  const stream = a.stream(ask(`And then? ${chat.text}`));
  for await (const part of stream) parts.push(part);
  const streamed = await stream.result();
  const object = await a.generateObject({
    ...ask('A city'),
    schema: z.object({ city: z.string(), people: z.int() }),
  });
  const partials: unknown[] = [];
  const growing = a.streamObject({ ...ask('Another city'), schema: z.object({ city: z.string() }) });
  for await (const partial of growing) partials.push(partial);
  const grown = await growing.result();
  const response = await a.responses({ input: 'What is a wheel?' });
  const responseStream = a.streamResponses({ input: 'What is a cog?' });
  let text = '';
  for await (const part of responseStream) if (part.type === 'text-delta') text += part.text;
  const streamedResponse = await responseStream.result();
  const vectors = await a.embeddings({ input: ['one', 'two'] });
  return {
    chat,
    parts,
    streamed,
    object,
    partials: partials.length > 0,
    grown,
    response,
    text,
    streamedResponse,
    vectors,
  };
}

/** Without what was measured where a result was made; on record is what was measured when its call ended. */
function untimed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each) => (key === 'durationMs' ? undefined : each)));
}

describe('a finished call', () => {
  it('gives what it gave, of every kind, and is neither sent nor logged again', async () => {
    await using server = await startOfflineServer();
    const options = { baseURL: server.url, recordVectors: true };
    let original: unknown;
    const { path, tree } = await record(options, async (client) => {
      original = await everyKind(client);
    });
    const sent = server.totals.requests;
    const { value, events, resume } = await resumed({ dir: dir(), path }, options, everyKind);
    expect(untimed(value)).toEqual(untimed(original));
    expect(events).toEqual([]);
    expect(resume.remaining).toBe(0);
    expect(server.totals.requests).toBe(sent);
    expect(tree.run.totals.calls).toBe(7);
  });

  it('is found again where the log has scrubbed it, and then says what the log says', async () => {
    await using server = await startOfflineServer();
    const key = `sk-${'a1B2'.repeat(12)}`;
    const program = async (client: LLMClient) => {
      const { text } = await client.chat(ask(`Repeat: ${key}`));
      return (await client.chat(ask(`${text} ${key}`))).callId;
    };
    const { path, tree } = await record({ baseURL: server.url }, program);
    expect(JSON.stringify(tree)).not.toContain(key);
    const { events, value } = await resumed({ dir: dir(), path }, {}, program);
    expect(events).toEqual([]);
    expect(value).toBe(tree.agents[0]?.calls[1]?.id);
  });

  it('of equal ones of an agent each is served once, in order, also when they run at the same time', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `answer ${i}`);
    await using server = await startTestServer({ answers: texts.map((text) => ({ text })) });
    const program = async (client: LLMClient) => {
      const a = client.bind({ agent: { id: 'a' } });
      const first = [(await a.chat(ask('x'))).text, (await a.chat(ask('x'))).text];
      const others = await Promise.all(
        ['x', 'y', 'x', 'z', 'y', 'x'].map(async (q) => (await a.chat(ask(q))).callId),
      );
      return { first, others };
    };
    let original: unknown;
    const { path } = await record({ baseURL: server.url }, async (client) => {
      original = await program(client);
    });
    const again = await resumed({ dir: dir(), path }, {}, program);
    expect(again.value).toEqual(original);
    expect(again.events).toEqual([]);
  });

  it('fails as it failed, with the class and the code of then, and its retries are not made again', async () => {
    await using server = await startTestServer({
      answers: [
        { faults: [{ type: 'rate_limit', retryAfter: { form: 'milliseconds', ms: 1 } }] },
        { faults: [{ type: 'status', status: 401 }] },
        { faults: [{ type: 'reset' }] },
        { faults: [{ type: 'reset' }] },
        { faults: [{ type: 'html', status: 200 }] },
        {
          text: 'This is cut off in the middle of it.',
          faults: [{ type: 'missing_finish' }, { type: 'missing_done' }],
        },
      ],
    });
    const budget = createBudget({ tokens: 1 });
    const program = async (client: LLMClient) => {
      const once = client.bind({ agent: { id: 'once' } });
      const failures: unknown[] = [];
      const fails = async (call: () => Promise<unknown>) =>
        failures.push(
          await call().then(
            () => 'no failure',
            (error: unknown) => error,
          ),
        );
      await fails(() => client.chat(ask('refused after a wait')));
      await fails(() => once.chat(ask('a')));
      await fails(() => once.chat(ask('b')));
      await fails(() => once.stream(ask('c')).result());
      await fails(() => once.chat({ messages: [{ role: 'tool', tool_call_id: 'x', content: 'y' }] }));
      await fails(() => once.chat({ ...ask('d'), gates: [budget] }));
      return failures as Error[];
    };
    const options = {
      baseURL: server.url,
      provider: 'openai',
      apiKey: 'key',
      retry: { maxAttempts: 2, baseDelayMs: 1 },
      estimateUsage: false,
    };
    let original: Error[] = [];
    const { path } = await record(options, async (client) => {
      original = await program(client);
    });
    const sent = server.requests.length;
    const again = await resumed({ dir: dir(), path }, options, program);
    const facts = (errors: Error[]) =>
      errors.map((error) => ({
        name: error.name,
        code: 'code' in error && error.code,
        callId: 'callId' in error && error.callId,
      }));
    expect(original.map(({ name }) => name)).toEqual([
      ...['ProviderError', 'ConnectionError', 'MalformedReplyError', 'TruncatedReplyError'],
      ...['InvalidHistoryError', 'UnboundedCallError'],
    ]);
    expect(facts(again.value)).toEqual(facts(original));
    const sameClass = original.map((error, i) => again.value[i]?.constructor === error.constructor);
    // What a budget had when it refused is not on record.
    expect(sameClass).toEqual([true, true, true, true, true, false]);
    expect(again.value.at(-1)).toBeInstanceOf(RecordedError);
    expect(again.events).toEqual([]);
    expect(server.requests).toHaveLength(sent);
  });
});
