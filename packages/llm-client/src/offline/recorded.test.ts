import fc from 'fast-check';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { type OfflineTurn, startOfflineServer } from '../offline.ts';

async function play(turns: readonly OfflineTurn[], stream: boolean) {
  await using server = await startOfflineServer({ conversation: { turns } });
  const client = new OpenAI({ baseURL: server.url, apiKey: 'none', maxRetries: 0 });
  const replies: string[] = [];
  let mostChunks = 0;
  for (const [index, { speaker }] of turns.entries()) {
    const messages = [
      { role: 'system' as const, content: `You are ${speaker}.` },
      ...turns.slice(0, index).map((turn) => ({ role: 'user' as const, content: turn.content })),
    ];
    const body = { model: `recorded/${speaker}`, messages, max_tokens: 1 };
    if (!stream) {
      replies.push((await client.chat.completions.create(body)).choices[0]?.message.content ?? 'nothing');
      continue;
    }
    const parts: string[] = [];
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) {
      parts.push(chunk.choices[0]?.delta.content ?? '');
    }
    // A part that ends in half a pair would not survive a reader that writes parts as UTF-8.
    expect(parts.map((part) => part.toWellFormed()).join('')).toBe(parts.join('').toWellFormed());
    mostChunks = Math.max(mostChunks, parts.length);
    replies.push(parts.join(''));
  }
  return { replies, mostChunks };
}

const content = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '\r\n\r\n', '\u2028 data: [DONE]\n\n', '👩‍👩‍👧‍👦'.repeat(50), 'x'.repeat(5000)),
  fc.array(fc.constantFrom(' ', '\t', '\r\n', 'word', '😀', '"', '\\', '\0')).map((parts) => parts.join('')),
);
const anyTurns = fc.array(fc.record({ speaker: fc.string(), content }), { minLength: 1, maxLength: 5 });

test.each([true, false])('whatever was recorded comes back as it was (stream: %s)', async (stream) => {
  await fc.assert(
    fc.asyncProperty(anyTurns, async (turns) => {
      expect((await play(turns, stream)).replies).toEqual(turns.map((turn) => turn.content));
    }),
    { numRuns: 40 },
  );
});

test('a long turn comes in a bounded number of chunks', async () => {
  const turns = [{ speaker: 'A', content: 'a few words\r\n'.repeat(10_000) }];
  const { replies, mostChunks } = await play(turns, true);
  expect(replies).toEqual([turns[0]?.content]);
  expect(mostChunks).toBeLessThanOrEqual(400);
});

const turns = [
  { speaker: 'Ann', content: 'Hello.' },
  { speaker: 'Bob (thinks)', content: 'Hm.' },
  { speaker: 'Ann', content: 'Bye.' },
];

async function ask(model: string, ...said: string[]) {
  await using server = await startOfflineServer({ conversation: { turns } });
  const messages = said.map((text) => ({ role: 'user', content: text }));
  const response = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages }),
  });
  const body = (await response.json()) as {
    error?: { code: string; message: string };
    choices?: { message: { content: string } }[];
  };
  return [response.status, body.error?.code ?? body.choices?.[0]?.message.content, body.error?.message];
}

test('is stateless: the request alone says which turn is next', async () => {
  expect(await ask('recorded/Ann', 'Hello.', 'Hm.')).toEqual([200, 'Bye.', undefined]);
  expect(await ask('recorded/Ann')).toEqual([200, 'Hello.', undefined]);
  expect(await ask('recorded/Bob (thinks)', 'Hello.')).toEqual([200, 'Hm.', undefined]);
});

test('a mismatch names the turn, who was expected and what came', async () => {
  expect(await ask('recorded/Ann', 'Hullo.', 'Hm.')).toEqual([
    400,
    'conversation_mismatch',
    'Turn 0 does not match the record: "Ann" said "Hello." (6 characters), and the request has "Hullo." (6 characters) there.',
  ]);
  expect(await ask('recorded/Ann', 'Hello.')).toEqual([
    400,
    'conversation_mismatch',
    'Turn 1 belongs to "Bob (thinks)", and "Ann" was asked for: use the model "recorded/Bob (thinks)".',
  ]);
  expect((await ask('recorded/Ann', 'Hello.', 'Hm.', 'Bye.')).slice(0, 2)).toEqual([
    400,
    'conversation_ended',
  ]);
  expect((await ask('recorded/Cat')).slice(0, 2)).toEqual([404, 'model_not_found']);
});

test('lists one model for each speaker, whatever the name', async () => {
  await using server = await startOfflineServer({ conversation: { turns } });
  const client = new OpenAI({ baseURL: server.url, apiKey: 'none' });
  const { data } = await client.models.list();
  expect(data.map(({ id }) => id)).toEqual(['recorded/Ann', 'recorded/Bob (thinks)']);
  expect((await client.models.retrieve('recorded/Bob (thinks)')).id).toBe('recorded/Bob (thinks)');
});

test('refuses a record that is none', async () => {
  const broken = { turns: [{ speaker: 'Ann' }] } as unknown as { turns: OfflineTurn[] };
  const starting = startOfflineServer({ conversation: broken });
  await expect(starting).rejects.toMatchObject({ code: 'invalid_option' });
});
