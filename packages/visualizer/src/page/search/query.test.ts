import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactTerm, parseQuery } from './query.ts';

describe('a search', () => {
  it('is fields, comparisons and words', () => {
    const typed = 'agent:planner status:error cost>0.01 duration>2s -"two words" Tokens<1.5k';
    expect(parseQuery(typed).terms).toEqual([
      { type: 'field', field: 'agent', value: 'planner', isExact: false, not: false },
      { type: 'field', field: 'status', value: 'error', isExact: false, not: false },
      { type: 'number', field: 'cost', compare: '>', value: 0.01, not: false },
      { type: 'number', field: 'duration', compare: '>', value: 2000, not: false },
      { type: 'text', text: 'two words', not: true },
      { type: 'number', field: 'tokens', compare: '<', value: 1500, not: false },
    ]);
  });

  it('takes a quoted value and an unfinished quote', () => {
    expect(parseQuery('agent:"the planner" "unfinished').terms).toEqual([
      { type: 'field', field: 'agent', value: 'the planner', isExact: false, not: false },
      { type: 'text', text: 'unfinished', not: false },
    ]);
  });

  it('looks for what is no field as text: URLs, times', () => {
    expect(parseQuery('https://a.b 12:30').terms).toEqual([
      { type: 'text', text: 'https://a.b', not: false },
      { type: 'text', text: '12:30', not: false },
    ]);
  });

  it.each([
    ['cost>cheap', 'cost needs a number, such as cost>1'],
    ['duration>2parsec', 'duration needs a number, such as duration>2s'],
    ['status>error', 'status cannot be compared with >'],
  ])('says what is wrong with %s and looks for it as text', (typed, problem) => {
    const { terms, problems } = parseQuery(typed);
    expect(problems).toEqual([problem]);
    expect(terms).toEqual([{ type: 'text', text: typed, not: false }]);
  });

  it('finds an exact value again, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (from, to) => {
        expect(parseQuery(`${exactTerm('from', from)} ${exactTerm('to', to)}`)).toEqual({
          terms: [
            { type: 'field', field: 'from', value: from, isExact: true, not: false },
            { type: 'field', field: 'to', value: to, isExact: true, not: false },
          ],
          problems: [],
        });
      }),
    );
  });

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(Array.isArray(parseQuery(typed).terms)).toBe(true);
      }),
    );
  });
});
