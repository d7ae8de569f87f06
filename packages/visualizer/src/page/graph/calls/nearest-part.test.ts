import { expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../../../fixtures/build-tree.ts';
import { openTree } from '../../../fixtures/open-tree.ts';
import { nearestPart } from './nearest-part.ts';

const run = await openTree(
  buildTree({
    agents: [
      buildAgent(
        'a',
        [0, 10, 20, 30].map((at) =>
          buildCall(`c${at}`, {
            started_at: timeAt(at),
            ended_at: timeAt(at + 1),
            tool_calls: at === 20 ? [{ id: 't', name: 'search', status: 'ok' }] : [],
          }),
        ),
      ),
    ],
    messages: [25, 5].map((at) => buildMessage({ id: `m${at}`, at: timeAt(at), from: 'a', to: 'b' })),
  }),
);
const wanted = { calls: Int32Array.of(0, 1, 2, 3), messages: Int32Array.of(0, 1) };
const ids = (at: number, most: number) => {
  const { matches, ...rest } = nearestPart(run, wanted, at, most);
  const found = [
    ...run.calls.id.filter((_, i) => matches.calls[i]),
    ...run.messages.id.filter((_, i) => matches.messages[i]),
  ];
  return { found, ...rest };
};

it('is everything when there is room', () => {
  expect(ids(0, 100)).toMatchObject({ shown: 7, all: 7, from: 0, to: 30_000 });
});

it('is what is next to a moment, counted with its tool calls', () => {
  expect(ids(22_000, 3)).toMatchObject({ found: ['c20', 'm25'], shown: 3, all: 7, from: 20_000, to: 25_000 });
  expect(ids(-5, 2).found).toEqual(['c0', 'm5']);
  expect(ids(99_999, 2).found).toEqual(['c30', 'm25']);
});

it('has something to show, however many tools a call used', () => {
  expect(ids(20_000, 1).found).toEqual(['c20']);
});
