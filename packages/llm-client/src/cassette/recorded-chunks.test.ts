import type { CallNode } from '@pd/call-log/schema';
import { describe, expect, it } from 'vitest';
import { recordedChunks } from './recorded-chunks.ts';

const at = '2026-11-22T10:00:00.000Z';

/** What is handed out of a recorded text with these chunks: the pieces and their times. */
function piecesOf(content: string, chunks: CallNode['chunks'], node: Partial<CallNode> = {}) {
  const message = { role: 'assistant', content };
  const call: CallNode = {
    id: 'c',
    operation: 'chat',
    status: 'ok',
    agent_source: 'unknown',
    started_at: at,
    duration_ms: 100,
    pre: { provider: 'p', model: 'm', messages: [] },
    post: { message },
    attempts: [],
    tool_calls: [],
    ...(chunks && { chunks }),
    ...node,
  };
  const whole = { choices: [{ index: 0, message, finish_reason: 'stop' }] };
  return [...recordedChunks(call, whole)].flatMap(({ atMs, chunk }) => {
    const text = chunk.choices?.[0]?.delta?.content;
    return text ? [[text, atMs]] : [];
  });
}

describe('the pieces of a recorded text', () => {
  it.each<[string, CallNode['chunks'], (string | number)[][]]>([
    [
      'as recorded',
      { ends: [2, 5], at_ms: [10, 20] },
      [
        ['ab', 10],
        ['cde', 20],
      ],
    ],
    [
      'a text that was longer',
      { ends: [2, 9, 12], at_ms: [10, 20, 30] },
      [
        ['ab', 10],
        ['cde', 20],
      ],
    ],
    [
      'a text that was shorter',
      { ends: [1, 2], at_ms: [10, 20] },
      [
        ['a', 10],
        ['bcde', 20],
      ],
    ],
    ['no times', { ends: [5], at_ms: [] }, [['abcde', 100]]],
    ['no chunks', { ends: [], at_ms: [] }, [['abcde', 100]]],
    ['nothing on record', undefined, [['abcde', 100]]],
  ])('%s', (_, chunks, expected) => {
    expect(piecesOf('abcde', chunks)).toEqual(expected);
  });

  it('have times since the attempt that they are of', () => {
    const attempt = (number: number, started_at: string, status: 'ok' | 'error') => ({
      number,
      started_at,
      status,
      provider: 'p',
    });
    const attempts = [attempt(1, at, 'error'), attempt(2, '2026-11-22T10:00:00.060Z', 'ok')];
    expect(piecesOf('abc', { ends: [3], at_ms: [75] }, { attempts })).toEqual([['abc', 15]]);
  });
});
