import type { RunTree } from '@pd/call-log/schema';
import { expect, it } from 'vitest';
import { RecordedSteps } from './recorded-steps.ts';

const at = '2026-01-01T00:00:00.000Z';
const step = (name: string, value: string, ordinal?: number) => ({
  id: value,
  name,
  at,
  status: 'ok' as const,
  value,
  ...(ordinal !== undefined && { ordinal }),
});
const stepsOf = (...steps: unknown[]) => new RecordedSteps({ steps } as RunTree);

it('gives each step of a name to the one that was begun as that one, once', () => {
  const steps = stepsOf(step('x', 'second', 2), step('x', 'first', 1), step('y', 'other', 1));
  const taken = [1, 2, 1, 3].map((ordinal) => steps.take('x', ordinal)?.value);
  expect(taken).toEqual(['first', 'second', undefined, undefined]);
});

it('gives those of a record without ordinals in order, and passes over what is no step', () => {
  const steps = stepsOf(null, { name: 'x' }, step('x', 'first'), step('x', 'second'));
  expect([steps.take('x', 1)?.value, steps.take('x')?.value, steps.take('x')]).toEqual([
    'first',
    'second',
    undefined,
  ]);
});
