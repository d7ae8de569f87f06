import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { expect, it } from 'vitest';
import { expectWhole } from './talking.ts';

const PROGRAM = join(import.meta.dirname, 'fixtures/run-talks.ts');
const DEATHS = 8;

it(`patterns that were killed at ${DEATHS} points are resumed to the same tree, and pay for no finished call twice`, {
  timeout: 240_000,
}, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pd-talks-'));
  await using server = await startOfflineServer();
  const run = (how: string, runId: string, killAfter = 0) =>
    new Promise<{ stdout: string; stderr: string }>((resolve) => {
      const args = [PROGRAM, how, dir, runId, server.url, String(killAfter)];
      execFile(process.execPath, args, { cwd: join(import.meta.dirname, '..') }, (_, stdout, stderr) =>
        resolve({ stdout, stderr }),
      );
    });
  try {
    const whole = await run('run', 'whole');
    expect(whole.stderr).toBe('');
    const { events, content } = JSON.parse(whole.stdout);
    const tree = await readTree(join(dir, 'whole.jsonl'));
    expectWhole(tree);
    for (let i = 1; i <= DEATHS; i++) {
      const runId = `run-${i}`;
      expect((await run('run', runId, Math.ceil((events * i) / (DEATHS + 1)))).stdout).toBe('');
      const before = await readTree(join(dir, `${runId}.jsonl`));
      const { stdout, stderr } = await run('resume', runId);
      expect([runId, stderr]).toEqual([runId, '']);
      expect(JSON.parse(stdout)).toMatchObject({ content });
      const resumed = await readTree(join(dir, `${runId}.jsonl`));
      expect(canonicalTree(resumed)).toEqual(canonicalTree(tree));
      expectWhole(resumed);
      const finished = before.agents.flatMap(({ calls }) => calls).filter(({ status }) => status === 'ok');
      const calls = resumed.agents.flatMap((agent) => agent.calls);
      for (const call of finished)
        expect(calls.find(({ id }) => id === call.id)?.attempts).toEqual(call.attempts);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
