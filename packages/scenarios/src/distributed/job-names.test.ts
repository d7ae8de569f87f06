import { expect, it } from 'vitest';
import { toJobId } from './job-id.ts';
import { toQueueName } from './queue-name.ts';

it('names jobs so that no two meet, and BullMQ takes them', () => {
  const ids = [
    toJobId('run', '1', 'ada'),
    toJobId('run', '1', 'bob'),
    toJobId('run', '1:ada', ''),
    toJobId('run:1', '', 'ada'),
    toJobId('run', '1', 'ada', { call: { approve: true } }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^m[\w-]{27}$/);
  expect(toJobId('run', '1', 'ada')).toBe(ids[0]);
});

it('names queues readably, and two roles never alike', () => {
  expect(toQueueName('critic')).toBe('role-critic');
  const odd = ['a:b', 'a b', 'a_b', 'x'.repeat(200), '🙂', ''].map(toQueueName);
  expect(new Set(odd).size).toBe(odd.length);
  for (const name of odd) expect(name).toMatch(/^role-[\w.~-]+$/);
});
