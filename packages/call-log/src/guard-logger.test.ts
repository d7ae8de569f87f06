import { once } from 'node:events';
import { expect, it } from 'vitest';
import { callStart } from '../test/helpers.ts';
import { guardLogger, warnOnce } from './guard-logger.ts';
import type { Logger } from './schema/logger-events.ts';

it('tells of a logger that throws or rejects, and lets nothing through', async () => {
  const told: unknown[] = [];
  const failing: Logger[] = [
    () => {
      throw new Error('sync');
    },
    async () => {
      throw new Error('async');
    },
  ];
  for (const logger of failing) guardLogger(logger, (error) => told.push(error))(callStart('c'));
  await new Promise(setImmediate);
  expect(told.map(String)).toEqual(['Error: sync', 'Error: async']);
});

it('warns once in all unless somebody else is told', async () => {
  const warning = once(process, 'warning');
  const logger = guardLogger(() => {
    throw new Error('broken');
  });
  logger(callStart('a'));
  logger(callStart('b'));
  expect(String((await warning)[0])).toMatch(/a logger failed and the program went on: Error: broken/);
});

it('does nothing without a logger', () => {
  expect(guardLogger(undefined)(callStart('c'))).toBeUndefined();
});

it('survives an onError that throws, what has no text, and a loop', () => {
  const hopeless = () => {
    throw Object.create(null);
  };
  expect(() => guardLogger(hopeless, hopeless)(callStart('c'))).not.toThrow();
  expect(() => warnOnce()(Object.create(null))).not.toThrow();
  const told: unknown[] = [];
  let given = 0;
  const logger: Logger = (event) => {
    given++;
    again(event);
  };
  const again = guardLogger(logger, (error) => told.push(error));
  for (let i = 0; i < 3; i++) again(callStart('c'));
  expect(given).toBe(30);
  expect(told).toHaveLength(3);
});
