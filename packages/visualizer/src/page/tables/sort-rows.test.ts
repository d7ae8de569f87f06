import { expect, it } from 'vitest';
import { nextSort, sortRows } from './sort-rows.ts';

it('puts what is not known last, whichever way, and keeps equals as they were', () => {
  const rows = [['a', 2], ['b'], ['c', 10], ['d', 2]] as [string, number?][];
  const names = (isDescending: boolean) =>
    sortRows(rows, ([, value]) => value, isDescending).map(([name]) => name);
  expect(names(false)).toEqual(['a', 'd', 'c', 'b']);
  expect(names(true)).toEqual(['c', 'a', 'd', 'b']);
});

it('counts in names', () => {
  expect(sortRows(['agent-10', 'agent-9', 'Agent-1'], (name) => name, false)).toEqual([
    'Agent-1',
    'agent-9',
    'agent-10',
  ]);
});

it('goes from one direction to the other and back to the record', () => {
  const first = nextSort(undefined, 'cost', true);
  const second = nextSort(first, 'cost', true);
  expect([first, second, nextSort(second, 'cost', true)]).toEqual([
    { column: 'cost', isDescending: true },
    { column: 'cost', isDescending: false },
    undefined,
  ]);
  expect(nextSort(first, 'name', false)).toEqual({ column: 'name', isDescending: false });
});
