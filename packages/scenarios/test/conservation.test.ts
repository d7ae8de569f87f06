import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, SimpleAgent } from '@pd/agents';
import { type CallLog, createCallLog, type RunTree, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { createScriptedClient, createStorm, startTestServer } from '@pd/llm-client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definePattern, runPattern } from '../src/index.ts';
import { createRandom, type Random } from '../src/random.ts';
import { createMessageFaults, simulate } from '../src/testing.ts';

// PD_SEED=<number> tries that one alone, PD_SEEDS=<number> so many.
const only = process.env.PD_SEED === undefined ? undefined : Number(process.env.PD_SEED);
const SEEDS = Number(process.env.PD_SEEDS ?? 250);

let dir = '';
let log: CallLog;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-conservation-'));
  log = createCallLog({ dir, tree: false });
});
afterAll(async () => {
  await log.close();
  rmSync(dir, { recursive: true, force: true });
});

const NAMES = ['north', 'east', 'south', 'west'];

/** Four agents, forty messages: rounds in which all are asked at the same time, and rounds in which one asks the next. */
function council(agents: readonly Agent[]) {
  return definePattern('council', agents, async (task, scene) => {
    let said = task;
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        agents.map((agent) => scene.ask(agent, { ...said, from: task.from })),
      );
      said = { ...task, content: answers.map(({ content }) => content).join(' ') };
      for (const agent of agents) said = { ...(await scene.ask(agent, said)) };
    }
    return said;
  });
}

/** Yields to the event loop so many times, so that what goes on at the same time comes in another order. */
async function dawdle(random: Random): Promise<void> {
  for (let turns = Math.floor(random() * 4); turns > 0; turns--) await new Promise(setImmediate);
}

/** Everything was delivered, and ended once; nothing is left. */
function checkConserved(tree: RunTree, calls: number): void {
  expect(tree.messages.filter(({ status }) => status === 'delivered')).toEqual([]);
  expect(tree.run.totals.calls).toBe(calls);
  expect(tree.orphans).toEqual([]);
  const ids = new Set(tree.agents.flatMap((agent) => agent.calls.map(({ id }) => id)));
  for (const { call_id } of tree.messages) if (call_id !== undefined) expect(ids).toContain(call_id);
}

describe('a scenario under faults', { timeout: 60_000 + SEEDS * 1_000 }, () => {
  it(`loses no message and no call, and is the same again, with ${SEEDS} seeds and a scripted client`, async () => {
    const play = async (seed: number, order: Random) => {
      const script = NAMES.flatMap((agent) =>
        Array.from({ length: 10 }, (_, i) => ({ agent, reply: `${agent} says ${i}.` })),
      );
      await using client = createScriptedClient(script, { logger: log.logger });
      const agents = NAMES.map(
        (id) => new SimpleAgent({ id, client, hooks: { before: () => dawdle(order) as Promise<undefined> } }),
      );
      const faults = createMessageFaults({ seed, drop: 0.1, duplicate: 0.1, reorder: 0.1, delay: 0.1 });
      const { id, outcome } = await log.run({ name: 'council' }, async ({ id }) => ({
        id,
        outcome: await runPattern(council(agents), 'Where to?', {
          logger: log.logger,
          faults,
          seed,
          supervision: { retries: 1 },
          progress: false,
        }),
      }));
      expect(outcome).toMatchObject({ reason: 'done', turns: 40, messages: 41, from: 'west' });
      const tree = await readTree(join(dir, `${id}.jsonl`));
      checkConserved(tree, 40);
      rmSync(join(dir, `${id}.jsonl`));
      return canonicalTree(tree);
    };
    await simulate({ seeds: SEEDS, only }, async ({ seed, random }) => {
      const tree = await play(seed, random);
      // The same seed, and another order of what goes on at the same time.
      if (seed % 10 === 0) expect(await play(seed, createRandom('other', seed))).toEqual(tree);
    });
  });

  it('accounts for every request where messages, tries and streams fail', async () => {
    await simulate({ seeds: Math.min(SEEDS, 50), only }, async ({ seed }) => {
      await using server = await startTestServer({ answers: createStorm({ seed, faultRate: 0.3 }) });
      const client = createLLMClient({
        ...{ model: 'm', baseURL: server.url, logger: log.logger, attemptTimeoutMs: 2_000 },
        retry: { maxAttempts: 6, baseDelayMs: 1, maxDelayMs: 2, maxRetryAfterMs: 5, afterFirstChunk: true },
      });
      const agents = NAMES.map((id) => new SimpleAgent({ id, client }));
      const faults = createMessageFaults({ seed, drop: 0.2, duplicate: 0.1, reorder: 0.2 });
      const id = await log.run({ name: 'storm' }, async ({ id }) => {
        await runPattern(council(agents), 'Where to?', {
          logger: log.logger,
          faults,
          seed,
          progress: false,
        }).catch(
          // A message or a call may fail for good; it is accounted for all the same.
          () => {},
        );
        return id;
      });
      const tree = await readTree(join(dir, `${id}.jsonl`));
      checkConserved(tree, tree.run.totals.calls);
      expect(tree.run.totals.attempts).toBe(server.requests.length);
    });
  });
});
