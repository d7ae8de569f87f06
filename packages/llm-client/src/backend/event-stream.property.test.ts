import fc from 'fast-check';
import { Stream } from 'openai/streaming';
import { expect, it } from 'vitest';
import { EventStream } from './event-stream.ts';

const line = fc.oneof(
  fc.json().map((json) => `data: ${json}`),
  fc.json().map((json) => `data:${json}`),
  fc.constantFrom(
    '',
    ': a comment',
    'event: message',
    'id: 1',
    'retry: 5',
    'data: [DONE]',
    'data: {"text":"grüße 🎈"}',
  ),
  fc.constantFrom('data: {"error":{"message":"no"}}', 'event: error', 'data: {broken', 'data', 'odd'),
);
const ending = fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n');
const text = fc.array(fc.tuple(line, ending), { maxLength: 20 }).map((lines) => lines.flat().join(''));

/** The text as an answer that comes in pieces, cut anywhere, within characters too. */
function answer(said: string, cuts: readonly number[]): Response {
  const bytes = Buffer.from(said);
  const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  const pieces = [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
  return new Response(ReadableStream.from(pieces));
}

async function read(parts: AsyncIterable<unknown>) {
  const got: unknown[] = [];
  try {
    for await (const part of parts) got.push(part);
    return { got };
  } catch (error) {
    return { got, error: (error as Error).constructor.name };
  }
}

it('reads what the SDK reads, however a stream is cut', async () => {
  const quiet = { logLevel: 'off' } as never;
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 8 }), async (said, cuts) => {
      // An event without data is none; the SDK fails on it.
      fc.pre(
        !/(^|[\r\n])event: (message|error)(\r\n|\r|\n)(?!data)/.test(said) &&
          !/event: \w+[\r\n]*$/.test(said),
      );
      const sdk = await read(Stream.fromSSEResponse(answer(said, cuts), new AbortController(), quiet));
      const ours = await read(
        new EventStream(
          answer(said, cuts),
          (part) => part,
          (cause) => cause,
        ),
      );
      expect(ours).toEqual(sdk);
    }),
    { numRuns: 300 },
  );
});
