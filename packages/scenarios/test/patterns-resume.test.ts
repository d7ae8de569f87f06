import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CriticAgent, ExecutorAgent, PlannerAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, type RunTree, readTree } from '@pd/call-log';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineScenario,
  type Pattern,
  parallel,
  pipeline,
  planExecuteReview,
  resumeScenario,
  streamScenario,
} from '../src/index.ts';
import { faultsOf } from './patterns-support.ts';

const patterns: Record<string, (client: LLMClient) => Pattern> = {
  'parallel, first': (client) => {
    const agent = (id: string) => new SimpleAgent({ id, client });
    const race = parallel({ members: [pipeline([agent('a'), agent('b')]), agent('quick')], join: 'first' });
    return pipeline([race, agent('c'), agent('d')]);
  },
  planExecuteReview: (client) => {
    const executors = ['left', 'right'].map((id) => new ExecutorAgent({ id, client }));
    const planner = new PlannerAgent({ id: 'planner', client, owners: executors });
    const critic = new CriticAgent({ id: 'critic', client, criteria: ['It names figures.'] });
    return planExecuteReview({ planner, executors, critic, maxRounds: 3 });
  },
};

/** Calls that have been answered, with how often they were sent. */
function finishedIn(tree: RunTree): [string, number][] {
  const calls = tree.agents.flatMap((agent) => agent.calls).filter(({ status }) => status === 'ok');
  return calls.map(({ id, attempts }) => [id, attempts.length]);
}

describe.each(Object.entries(patterns))('%s', (name, build) => {
  it.each([1, 2, 3, 4])(
    'goes on after it was left in turn %i, and pays for nothing twice',
    async (leftIn) => {
      await using server = await startOfflineServer({ chunkDelayMs: 1, seed: 10 });
      const dir = mkdtempSync(join(tmpdir(), 'pd-patterns-'));
      try {
        const scenario = defineScenario({
          name,
          input: z.object({}),
          create: ({ client }) => ({ pattern: build(client), task: 'Plan a bridge.' }),
        });
        const treeOf = () => readTree(join(dir, 'run.jsonl'));
        {
          await using log = createCallLog({ dir, tree: false });
          const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
          let turns = 0;
          for await (const event of streamScenario(scenario, { input: {}, client, log, runId: 'run' }))
            if (event.type === 'turn-end' && ++turns === leftIn) break;
        }
        const before = finishedIn(await treeOf());
        await using log = createCallLog({ dir, tree: false });
        const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
        const outcome = await resumeScenario(scenario, { runId: 'run', client, log });
        expect(outcome.content).not.toBe('');
        const tree = await treeOf();
        expect(faultsOf(tree)).toEqual([]);
        expect(before.length).toBeGreaterThan(0);
        expect(finishedIn(tree)).toEqual(expect.arrayContaining(before));
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  );
});
