import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import type { Logger } from '../schema/logger-events.ts';
import { currentContext, withAgent, withRun } from './context.ts';

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
