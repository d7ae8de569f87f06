import { expect, it } from 'vitest';
import { parseWorkerArguments } from './parse-worker-arguments.ts';

it('reads what it is asked', () => {
  const args = ['--roles', 'critic, writer', '--concurrency', '3', '--logs', 'here', './agents.ts'];
  expect(parseWorkerArguments(args, { REDIS_URL: 'redis://there:1' })).toEqual({
    type: 'start',
    module: './agents.ts',
    redis: 'redis://there:1',
    logs: 'here',
    prefix: undefined,
    roles: ['critic', 'writer'],
    concurrency: 3,
    lockMs: undefined,
  });
  expect(parseWorkerArguments(['--redis', 'redis://x:2', 'a.ts'], { REDIS_URL: 'y' })).toMatchObject({
    redis: 'redis://x:2',
    logs: 'worker-logs',
  });
  expect(parseWorkerArguments(['-h'], {})).toEqual({ type: 'help' });
});

it.each([
  [[], 'which module'],
  [['a.ts', 'b.ts'], 'one module is enough'],
  [['--concurrency', 'many', 'a.ts'], '--concurrency needs a whole number'],
  [['--colour', 'a.ts'], 'colour'],
])('says what is wrong with %j', (args, why) => {
  expect(parseWorkerArguments(args, {})).toMatchObject({ type: 'wrong', why: expect.stringContaining(why) });
});
