import { describe, expect, it } from 'vitest';
import { foldText, line, only } from '../../test/helpers.ts';
import { runTreeSchema } from '../schema/tree.ts';
import { parseLine } from './parse-line.ts';

const start = {
  seq: 0,
  type: 'call.start',
  at: 't',
  call_id: 'c',
  agent_id: 'a',
  agent_source: 'explicit',
  operation: 'chat',
  provider: 'p',
  model: 'm',
  messages: [],
};
const end = { seq: 1, type: 'call.end', at: 't', call_id: 'c', status: 'ok' };

/** A number that JSON can write and that is none. */
const infinite = (record: object) => line(record).replaceAll('"infinite"', '1e999');

describe('a damaged record', () => {
  it('that is nested without end is damage, not the end of the reader', () => {
    const nested = (depth: number) =>
      line({ ...start, metadata: { x: 'deep' } }).replace('"deep"', '['.repeat(depth) + ']'.repeat(depth));
    expect(parseLine(nested(100)).kind).toBe('event');
    for (const depth of [200, 5_000, 200_000]) expect(parseLine(nested(depth))).toEqual({ kind: 'damaged' });
  });

  it('with a wrong element in an optional list loses the list and nothing else', () => {
    const reply = { id: 'r', other_choices: [{}, 7, 8] };
    const { agents } = foldText(infinite({ ...start, tools: [1, 'infinite'] }) + line({ ...end, reply }));
    const call = only(only(agents).calls);
    expect(call).toMatchObject({ status: 'ok', post: { id: 'r' } });
    expect(call.pre.tools).toBeUndefined();
    expect(call.post?.other_choices).toBeUndefined();
  });

  it('with a wrong element in a list that it needs is no record', () => {
    expect(parseLine(line({ ...start, messages: [7] }))).toEqual({ kind: 'damaged' });
  });

  it.each<[string, string]>([
    ['an orphan with a number beyond JSON', infinite({ ...end, extra: 'infinite' })],
    ['half a token', line(start) + line({ ...end, usage: { input_tokens: 0.5, source: 'estimated' } })],
    [
      'costs and tokens whose sum is beyond JSON',
      ['c', 'd']
        .map((call_id) => {
          const usage = { input_tokens: 1.7e308, source: 'provider' };
          return line({ ...start, call_id }) + line({ ...end, call_id, cost_usd: 1.7e308, usage });
        })
        .join(''),
    ],
  ])('leaves a tree that fits its schema, as JSON too: %s', (_, journal) => {
    const tree = foldText(journal);
    expect(runTreeSchema.safeParse(tree).error).toBeUndefined();
    expect(runTreeSchema.safeParse(JSON.parse(JSON.stringify(tree))).error).toBeUndefined();
  });
});
