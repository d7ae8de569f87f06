import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { expect, it } from 'vitest';
import { type AgentRunner, localRunner } from '../src/agent-runner.ts';
import { runScenario, type Scenario } from '../src/index.ts';
import { createRandom } from '../src/random.ts';
import { cast, taskFor } from './fixtures/cast.ts';

/** Has everybody take a time of their own, by chance. */
function hesitant(random: () => number): AgentRunner {
  return {
    async respond(agent, message, options) {
      await sleep(Math.floor(random() * 12));
      return localRunner.respond(agent, message, options);
    },
  };
}

// Who is first depends on time, as it says.
const names = Object.keys(cast).filter((name) => name !== 'parallel_first');

it.each(names)('%s leaves the same tree by the same seed, however long everybody takes', async (name) => {
  const trees = [];
  for (const [i, chunkDelayMs] of [0, 1, 0].entries()) {
    const dir = mkdtempSync(join(tmpdir(), 'pd-determinism-'));
    try {
      await using server = await startOfflineServer({ seed: 10, chunkDelayMs });
      await using log = createCallLog({ dir, tree: false });
      const { logger } = log;
      const client = createLLMClient({
        model: 'stand-in-1',
        provider: 'offline',
        baseURL: server.url,
        logger,
      });
      const options = { log, client, seed: 7, runId: 'run', runner: hesitant(createRandom(i)) };
      await runScenario(cast[name] as Scenario, { ...options, input: taskFor(name) });
      trees.push(canonicalTree(await readTree(join(dir, 'run.jsonl'))));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  for (const tree of trees) expect(tree).toEqual(trees[0]);
});
