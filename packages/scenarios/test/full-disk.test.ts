import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import type { RunTree } from '@pd/call-log/schema';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { expect, it } from 'vitest';
import { resumeScenario, type Scenario } from '../src/index.ts';
import { cast } from './fixtures/cast.ts';
import { faultsOf } from './patterns-support.ts';

const UNSHARE = '/usr/bin/unshare';
const PROGRAM = join(import.meta.dirname, 'fixtures/run-cast.ts');

function canMount(): boolean {
  try {
    execFileSync(UNSHARE, ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Without what it took: where the end of an attempt still fitted on the disk and the answer did not, the call is made again, and both
 * attempts have been paid for.
 */
function told(tree: RunTree) {
  const { agents, ...rest } = canonicalTree(tree);
  const calls = agents.map((agent) =>
    agent.calls.map(({ usage: _, cost_usd: __, attempts: ___, ...call }) => call),
  );
  return { ...rest, calls };
}

it.skipIf(!canMount()).each([
  ['exchange', 20],
  ['plan_execute_review', 24],
])(
  '%s goes on when the disk is full after %i kB, and can be resumed when there is room (needs user namespaces)',
  { timeout: 60_000 },
  async (name, kilobytes) => {
    const dir = mkdtempSync(join(tmpdir(), 'pd-full-'));
    await using server = await startOfflineServer({ seed: 10 });
    try {
      const [mounted, copy] = [join(dir, 'mounted'), join(dir, 'copy')];
      mkdirSync(mounted);
      const play = (at: string, runId: string, through: string[]) => {
        const parts = JSON.stringify([{ name, runId, url: server.url }]);
        const [command = '', ...args] = [...through, process.execPath, PROGRAM, 'run', at, parts];
        return new Promise<string>((resolve) => {
          execFile(command, args, { cwd: join(import.meta.dirname, '..') }, (_, stdout) => resolve(stdout));
        });
      };
      const script = `m=$0 c=$1; shift
        mount -t tmpfs -o size=${kilobytes}k none "$m" && "$@"
        s=$?; cp -r "$m" "$c"; exit $s`;
      const played = await play(mounted, 'run', [UNSHARE, '-rm', 'sh', '-c', script, mounted, copy]);
      const [outcome] = JSON.parse(played).outcomes;
      expect(outcome.turns).toBeGreaterThan(0);
      expect(existsSync(join(copy, 'run.jsonl'))).toBe(true);
      const lost = await readTree(join(copy, 'run.jsonl'));
      expect(lost.run.status).not.toBe('completed');

      await using log = createCallLog({ dir: copy, tree: false });
      const { logger } = log;
      const client = createLLMClient({
        model: 'stand-in-1',
        provider: 'offline',
        baseURL: server.url,
        logger,
      });
      const resumed = await resumeScenario(cast[name] as Scenario, { log, client, runId: 'run' });
      expect(resumed).toMatchObject({
        reason: outcome.reason,
        turns: outcome.turns,
        content: outcome.content,
      });
      await play(copy, 'whole', []);
      const tree = await readTree(join(copy, 'run.jsonl'));
      expect(tree.run.status).toBe('completed');
      expect(faultsOf(tree)).toEqual([]);
      expect(told(tree)).toEqual(told(await readTree(join(copy, 'whole.jsonl'))));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
