import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import type { Logger } from '../schema/logger-events.ts';
import { bindContext, currentContext, withAgent, withoutContext, withRun } from './context.ts';

const tempDir = useTempDir();

/** Which agent owns which call, as the tree of what `record` logs tells. */
async function owners(record: (logger: Logger) => unknown): Promise<Record<string, string>> {
  const log = createCallLog({ dir: tempDir(), tree: false });
  await record(log.logger);
  const { journalPath } = log.defaultRun();
  await log.close();
  const { agents } = await readTree(journalPath);
  return Object.fromEntries(agents.flatMap(({ id, calls }) => calls.map((call) => [call.id, id])));
}

describe('withAgent', () => {
  it('gives back what the function gives', () => {
    expect(withAgent({ id: 'a' }, () => 7)).toBe(7);
    expect(currentContext()).toEqual({});
  });

  it('makes the agent around it the parent', () => {
    withAgent({ id: 'outer' }, () => {
      withAgent({ id: 'inner', name: 'Inner' }, () => {
        expect(currentContext().agent).toEqual({ id: 'inner', name: 'Inner', parent_id: 'outer' });
      });
      withAgent({ id: 'inner', parent_id: 'other' }, () => {
        expect(currentContext().agent?.parent_id).toBe('other');
      });
      withAgent({ id: 'outer' }, () => expect(currentContext().agent).toEqual({ id: 'outer' }));
    });
  });

  it('writes the parent into the tree', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false });
    withAgent({ id: 'boss' }, () => withAgent({ id: 'hand' }, () => log.logger(callStart('c'))));
    const { journalPath } = log.defaultRun();
    await log.close();
    expect((await readTree(journalPath)).agents).toMatchObject([{ id: 'hand', parent_id: 'boss' }]);
  });

  it('lives together with withRun, in either order', () => {
    withRun('r', () =>
      withAgent({ id: 'a' }, () => expect(currentContext()).toEqual({ runId: 'r', agent: { id: 'a' } })),
    );
    withAgent({ id: 'a' }, () =>
      withRun('r', () => expect(currentContext()).toEqual({ runId: 'r', agent: { id: 'a' } })),
    );
  });
});

describe('withAgent, of a generator', () => {
  const who = () => currentContext().agent?.id;
  const inside = (agent: string, fn: () => unknown) => withAgent({ id: agent }, fn);

  it('runs every part of its body for the agent, whoever iterates it, and leaves others alone', () => {
    const seen: unknown[] = [];
    function* body() {
      try {
        seen.push(who());
        yield;
        seen.push(who());
        yield;
      } finally {
        seen.push(who());
      }
    }
    const [first, second] = [withAgent({ id: 'maker' }, body), withAgent({ id: 'maker' }, body)];
    inside('reader', () => {
      for (const _ of first) expect(who()).toBe('reader');
      second.next();
      expect(() => second.throw(new Error('thrown in'))).toThrow('thrown in');
    });
    expect(seen).toEqual(Array(5).fill('maker'));
  });

  it('keeps the innermost agent of one that is handed through several', () => {
    const handed = withAgent({ id: 'outer' }, () =>
      withAgent({ id: 'inner' }, function* () {
        yield who();
      }),
    );
    expect([...handed]).toEqual(['inner']);
  });

  it('leaves what it cannot bind, and what is no generator, as it is', () => {
    const frozen = Object.freeze((function* () {})());
    expect(withAgent({ id: 'a' }, () => frozen)).toBe(frozen);
    const list = [1];
    expect(withAgent({ id: 'a' }, () => list)).toBe(list);
    expect(Object.keys(list)).toEqual(['0']);
  });
});

describe('bindContext', () => {
  it('calls the function for who was around when it was bound, with everything it is given', () => {
    const bound = withRun('r', () =>
      withAgent({ id: 'a' }, () =>
        bindContext(function (this: object, ...args: number[]) {
          return { context: currentContext(), self: this, args };
        }),
      ),
    );
    const self = { bound };
    const result = withAgent({ id: 'b' }, () => self.bound(1, 2));
    expect(result).toEqual({ context: { runId: 'r', agent: { id: 'a' } }, self, args: [1, 2] });
    expect(withAgent({ id: 'b' }, bindContext(currentContext))).toEqual({});
  });
});

describe('withoutContext', () => {
  it('is outside of every agent and run', () => {
    const found = withRun('r', () => withAgent({ id: 'a' }, () => withoutContext(currentContext)));
    expect(found).toEqual({});
  });
});

describe('the owner of a call', () => {
  it('follows setImmediate, timers, microtasks and event emitters', async () => {
    const found = await owners(async (logger) => {
      await withAgent({ id: 'a' }, async () => {
        await immediate();
        logger(callStart('after-immediate'));
        await new Promise<void>((resolve) => {
          setTimeout(() => {
            logger(callStart('in-timer'));
            queueMicrotask(() => {
              logger(callStart('in-microtask'));
              resolve();
            });
          }, 0);
        });
      });
    });
    expect(new Set(Object.values(found))).toEqual(new Set(['a']));
    expect(Object.keys(found)).toHaveLength(3);
  });

  it('is not mixed up by a pool of workers that share a queue', async () => {
    const jobs = Array.from({ length: 30 }, (_, i) => ({ call: `c${i}`, agent: `agent-${i % 7}` }));
    const expected = Object.fromEntries(jobs.map(({ call, agent }) => [call, agent]));
    const found = await owners(async (logger) => {
      const worker = async () => {
        for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
          const { call, agent } = job;
          await withAgent({ id: agent }, async () => {
            await immediate();
            logger(callStart(call));
            await immediate();
            logger(callEnd(call));
          });
        }
      };
      await Promise.all([worker(), worker(), worker(), worker()]);
    });
    expect(found).toEqual(expected);
  });

  it('stays when a stream is read to its end in the context of another agent', async () => {
    async function* stream(logger: Logger) {
      logger(callStart('streamed'));
      yield 'piece';
      await immediate();
      logger({ type: 'attempt.start', call_id: 'streamed', number: 1, provider: 'p', model: 'm' });
      logger(callEnd('streamed'));
    }
    const found = await owners(async (logger) => {
      const pieces = stream(logger);
      await withAgent({ id: 'maker' }, () => pieces.next());
      await withAgent({ id: 'reader' }, async () => {
        for await (const _ of pieces);
      });
    });
    expect(found).toEqual({ streamed: 'maker' });
  });
});
