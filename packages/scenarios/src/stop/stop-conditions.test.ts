import { describe, expect, it } from 'vitest';
import {
  costUsd,
  external,
  from,
  handoffTo,
  type Moment,
  maxMessages,
  maxTurns,
  predicate,
  type StopCondition,
  textMention,
  timeout,
  tokenUsage,
} from '../index.ts';

const nothing: Moment = {
  turns: 0,
  messages: 0,
  usage: { inputTokens: 0, outputTokens: 0 },
  costUsd: 0,
  elapsedMs: 0,
};
const said = (content: string, more: Partial<NonNullable<Moment['last']>> = {}): Moment => ({
  ...nothing,
  last: { from: 'a', to: 'b', content, ...more },
});
const begin = (condition: StopCondition, now = () => 0) => condition.begin({ now });
const reasonOf = (condition: StopCondition, moment: Moment) => begin(condition).check(moment)?.reason;

describe('stop conditions', () => {
  it('are true from their limit on', () => {
    const cases: [StopCondition, Partial<Moment>, Partial<Moment>, string][] = [
      [maxTurns(3), { turns: 2 }, { turns: 3 }, 'max_turns'],
      [maxMessages(3), { messages: 2 }, { messages: 3 }, 'max_messages'],
      [costUsd(0.5), { costUsd: 0.49 }, { costUsd: 0.5 }, 'cost_usd'],
      [timeout(1_000), { elapsedMs: 999 }, { elapsedMs: 1_000 }, 'timeout'],
      [tokenUsage({ total: 10 }), tokens(5, 4), tokens(5, 5), 'token_usage'],
      [tokenUsage({ input: 10 }), tokens(9, 99), tokens(10, 0), 'token_usage'],
      [tokenUsage({ output: 10 }), tokens(99, 9), tokens(0, 10), 'token_usage'],
      [predicate(({ turns }) => turns > 1), { turns: 1 }, { turns: 2 }, 'predicate'],
    ];
    for (const [condition, below, at, reason] of cases) {
      expect(reasonOf(condition, { ...nothing, ...below })).toBeUndefined();
      expect(reasonOf(condition, { ...nothing, ...at })).toBe(reason);
    }
  });

  it('look at who said what', () => {
    expect(reasonOf(textMention('TERMINATE'), said('so I TERMINATE here'))).toBe('text_mention');
    expect(reasonOf(textMention('TERMINATE'), said('terminate'))).toBeUndefined();
    expect(reasonOf(textMention(/terminate/i), said('TERMINATE'))).toBe('text_mention');
    expect(reasonOf(textMention('DONE', { from: 'judge' }), said('DONE'))).toBeUndefined();
    expect(reasonOf(textMention('DONE', { from: 'judge' }), said('DONE', { from: 'judge' }))).toBe(
      'text_mention',
    );
    expect(reasonOf(from('a'), said(''))).toBe('from');
    expect(reasonOf(from('b'), said(''))).toBeUndefined();
    expect(reasonOf(handoffTo('person'), said('', { handedTo: 'person' }))).toBe('handoff');
    expect(reasonOf(handoffTo('person'), said('', { to: 'person' }))).toBeUndefined();
    expect(reasonOf(textMention('x'), nothing)).toBeUndefined();
  });

  it('find an expression with a memory of its own every time', () => {
    const global = textMention(/stop/g);
    for (let i = 0; i < 3; i++) expect(reasonOf(global, said('please stop'))).toBe('text_mention');
  });

  it('do not ignore a limit that cannot be held', () => {
    expect(begin(costUsd(1)).check({ ...nothing, costUsd: undefined })).toMatchObject({
      reason: 'unpriced',
      detail: expect.stringContaining('price'),
    });
    expect(reasonOf(tokenUsage({ total: 1 }), { ...nothing, usage: undefined })).toBe('unmeasured');
  });

  it('latch: what has been true counts, the verdict stays as it was', () => {
    const both = begin(textMention('yes').and(textMention('no')));
    expect(both.check(said('yes'))).toBeUndefined();
    const verdict = both.check(said('no'));
    expect(verdict).toMatchObject({
      reason: 'text_mention',
      detail: 'a has said "yes"; a has said "no"',
      causes: [{ detail: 'a has said "yes"' }, { detail: 'a has said "no"' }],
    });
    expect(both.check(nothing)).toBe(verdict);
  });

  it('give the reason of the part that came last', () => {
    const both = begin(maxTurns(1).and(textMention('end')));
    both.check(said('end'));
    expect(both.check({ ...nothing, turns: 1 })).toMatchObject({ reason: 'max_turns' });
  });

  it('share nothing between runs', () => {
    const condition = maxTurns(2).and(textMention('go'));
    const [one, two] = [begin(condition), begin(condition)];
    one.check({ ...said('go'), turns: 2 });
    expect(two.check({ ...nothing, turns: 2 })).toBeUndefined();
    expect(one.check(nothing)?.causes).toHaveLength(2);
  });

  it('say when time alone makes them true', () => {
    let clock = 1_000;
    const now = () => clock;
    expect(begin(timeout(50), now).deadlineMs()).toBe(1_050);
    expect(begin(timeout(50).or(timeout(20)), now).deadlineMs()).toBe(1_020);
    expect(begin(timeout(50).and(timeout(20)), now).deadlineMs()).toBe(1_050);
    expect(begin(timeout(50).or(maxTurns(3)), now).deadlineMs()).toBe(1_050);
    expect(begin(maxTurns(3), now).deadlineMs()).toBeUndefined();
    const both = begin(timeout(50).and(maxTurns(1)), now);
    expect(both.deadlineMs()).toBeUndefined();
    both.check({ ...nothing, turns: 1 });
    expect(both.deadlineMs()).toBe(1_050);
    clock = 1_050;
    expect(both.check(nothing)).toMatchObject({ reason: 'timeout' });
    expect(both.deadlineMs()).toBeUndefined();
  });

  it('are stopped from outside, in every run and for good', () => {
    const stop = external();
    const state = begin(maxTurns(5).or(stop));
    let told = 0;
    const end = state.subscribe(() => told++);
    expect(state.check(nothing)).toBeUndefined();
    stop.now('enough');
    stop.now('once more');
    expect(told).toBe(1);
    expect(state.check(nothing)).toMatchObject({ reason: 'external', detail: 'enough' });
    expect(reasonOf(stop, nothing)).toBe('external');
    end();
  });

  it('do not tell whoever has unsubscribed', () => {
    const stop = external();
    let told = 0;
    begin(stop.and(stop)).subscribe(() => told++)();
    stop.now();
    expect(told).toBe(0);
  });

  it('refuse what is no limit at once', () => {
    const wrong: (() => unknown)[] = [
      ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3'].flatMap((n) => [
        () => maxTurns(n as number),
        () => maxMessages(n as number),
        () => tokenUsage({ input: n as number }),
      ]),
      ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY, '3'].flatMap((n) => [
        () => costUsd(n as number),
        () => timeout(n as number),
      ]),
      () => tokenUsage({}),
      () => textMention(''),
      () => textMention(/(?:)/),
      () => textMention(undefined as unknown as string),
      () => textMention('x', { from: '' }),
      () => from(''),
      () => handoffTo(''),
      () => predicate('x' as unknown as () => boolean),
      () => maxTurns(1).and(undefined as unknown as StopCondition),
      () => maxTurns(1).or({} as unknown as StopCondition),
      () => begin(predicate((async () => false) as unknown as () => boolean)).check(nothing),
    ];
    for (const make of wrong) expect(make).toThrow(expect.objectContaining({ code: 'invalid_scenario' }));
  });
});

function tokens(inputTokens: number, outputTokens: number): Partial<Moment> {
  return { usage: { inputTokens, outputTokens } };
}
