import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { analyse } from './analyse.ts';
import { repeatedCycles } from './repeated-cycles.ts';

describe('analyse', () => {
  it('adds up what attempts in vain have cost, and says what is not known', () => {
    const tree = buildTree({
      agents: [
        buildAgent('a', [
          buildCall('c1', {
            attempts: [
              {
                number: 1,
                provider: 'p',
                started_at: timeAt(1),
                duration_ms: 200,
                status: 'error',
                http_status: 429,
                usage: { input_tokens: 10, output_tokens: 2, source: 'provider' },
                cost_usd: 0.5,
              },
              {
                number: 2,
                provider: 'p',
                started_at: timeAt(1),
                duration_ms: 300,
                status: 'timeout',
                usage: { input_tokens: 7, source: 'estimated' },
              },
              {
                number: 3,
                provider: 'p',
                started_at: timeAt(2),
                duration_ms: 400,
                status: 'ok',
                waited_ms: 50,
              },
            ],
          }),
        ]),
      ],
    });
    expect(analyse(tree).retries).toEqual({
      retriedCalls: 1,
      attemptsInVain: 2,
      lostInputTokens: 17,
      lostOutputTokens: 2,
      lostUsd: 0.5,
      unpricedAttempts: 1,
      lostMs: 500,
      waitedMs: 50,
      reasons: [
        { reason: 'error 429', attempts: 1 },
        { reason: 'timeout', attempts: 1 },
      ],
      calls: [{ agentId: 'a', callId: 'c1', ordinal: 1, attempts: 3, lostMs: 550, lostUsd: 0.5 }],
    });
  });

  it('finds agents that took no part, also those whom only messages name', () => {
    const tree = buildTree({
      agents: [buildAgent('a', [buildCall('c')]), buildAgent('mute')],
      messages: [buildMessage({ from: 'a', to: 'ghost' }), buildMessage({ from: 'user', to: 'a' })],
    });
    expect(analyse(tree).silentAgents).toEqual([
      { agentId: 'ghost', received: 1 },
      { agentId: 'mute', received: 0 },
    ]);
  });

  it('tells the cache rate over the calls that know it', () => {
    const usage = (input_tokens: number, cache_read_input_tokens?: number) => ({
      usage: {
        input_tokens,
        ...(cache_read_input_tokens !== undefined && { cache_read_input_tokens }),
        source: 'provider' as const,
      },
    });
    const tree = buildTree({
      agents: [
        buildAgent('a', [
          buildCall('c1', usage(100, 75)),
          buildCall('c2', usage(100)),
          buildCall('c3', { ...usage(50), post: { cached: true } }),
        ]),
      ],
    });
    expect(analyse(tree).cache).toMatchObject({
      calls: 1,
      inputTokens: 100,
      readTokens: 75,
      rate: 0.75,
      cachedReplies: 1,
    });
  });

  it('finds rounds that say the same again and again, and tells them from a conversation', () => {
    const round = (content: (i: number) => string) =>
      Array.from({ length: 8 }, (_, i) =>
        buildMessage({
          from: i % 2 ? 'b' : 'a',
          to: i % 2 ? 'a' : 'b',
          content: content(i),
          call_id: `c${i}`,
        }),
      );
    const steps = [
      { kind: 'message', from: 'a', to: 'b' },
      { kind: 'message', from: 'b', to: 'a' },
    ];
    expect(analyse(buildTree({ messages: round(() => 'after you') })).loops).toEqual([
      { rounds: 4, steps, isSame: true, firstCallId: 'c0', lastCallId: 'c7' },
    ]);
    expect(analyse(buildTree({ messages: round(String) })).loops).toMatchObject([
      { rounds: 4, isSame: false },
    ]);
  });

  it('counts calls at the same time', () => {
    const at = (from: number, to: number) => ({ started_at: timeAt(from), ended_at: timeAt(to) });
    const tree = buildTree({
      agents: [
        buildAgent('a', [buildCall('1', at(0, 30)), buildCall('2', at(15, 45)), buildCall('3', at(45, 50))]),
      ],
    });
    const { peak, mean, idleMs, overTime } = analyse(tree).concurrency;
    expect({ peak, mean, idleMs }).toEqual({ peak: 2, mean: 65 / 60, idleMs: 10_000 });
    expect([overTime.length, overTime[0], overTime[20], overTime[59]]).toEqual([60, 1, 2, 0]);
  });

  it('holds a run without anything', () => {
    expect(analyse(buildTree())).toMatchObject({ whatIf: [], loops: [], slowest: [], agents: [] });
  });
});

describe('repeatedCycles', () => {
  it.each([
    ['aaa', [[0, 1, 3]]],
    ['aa', []],
    ['xabababy', [[1, 2, 3]]],
    ['abcabcabcab', [[0, 3, 3]]],
    ['abab', []],
    [
      'aaaabcbcbc',
      [
        [0, 1, 4],
        [4, 2, 3],
      ],
    ],
  ] as const)('%s', (text, expected) => {
    expect(repeatedCycles([...text]).map(({ start, period, rounds }) => [start, period, rounds])).toEqual(
      expected,
    );
  });
});
