import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InvalidRunIdError } from './errors/invalid-run-id-error.ts';
import { checkRunId, createRunId } from './run-id.ts';

const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

it('makes ids that sort by time and are safe as file names', () => {
  fc.assert(
    fc.property(date, date, (a, b) => {
      const [one, two] = [createRunId(a), createRunId(b)];
      expect(checkRunId(one)).toBe(one);
      if (a.getTime() !== b.getTime()) expect(one < two).toBe(a < b);
    }),
  );
});

it('makes different ids at the same time, and the same from the same source', () => {
  const now = new Date();
  expect(createRunId(now)).not.toBe(createRunId(now));
  expect(createRunId(new Date(0), () => '3f9a1c')).toBe('19700101T000000000Z-3f9a1c');
});

it.each(['a', 'A-1_b.2', 'x'.repeat(128), 'CONSOLE', 'nul-1', 'com10', '0'])('takes %s', (id) => {
  expect(checkRunId(id)).toBe(id);
});

it.each([
  'con',
  'NUL.txt',
  'lpt9',
  'x'.repeat(129),
  'a:b',
  'a*',
  '-a',
  '_a',
  '~',
  'a..',
  null,
  undefined,
  7,
  {},
])('refuses %j', (id) => {
  expect(() => checkRunId(id as string)).toThrow(InvalidRunIdError);
});
