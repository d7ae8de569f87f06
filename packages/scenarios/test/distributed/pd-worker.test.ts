import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const command = join(import.meta.dirname, '../../src/pd-worker.ts');
const fixture = join(import.meta.dirname, 'fixtures/agents.ts');
const folder = mkdtempSync(join(tmpdir(), 'pd-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], { cwd: folder }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

it('tells how it is used', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: pd-worker') });
});

it('has an exit code and a line for everything that is wrong', async () => {
  const other = join(folder, 'other.ts');
  writeFileSync(other, 'export default 5;\n');
  const broken = join(folder, 'broken.ts');
  writeFileSync(broken, 'throw new Error("no key");\n');
  const results = await Promise.all([
    run(),
    run('--concurrency', '0', fixture),
    run(join(folder, 'nowhere.ts')),
    run(broken),
    run(other),
    run('--redis', 'http://x', fixture),
  ]);
  expect(results.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
  const lines = [
    'say which module has the agents',
    'concurrency must be a whole number from 1',
    'nowhere.ts cannot be loaded',
    'broken.ts cannot be loaded: no key',
    'other.ts has no worker: its default export must be made by defineWorker()',
    'redis must be a URL',
  ];
  for (const [i, line] of lines.entries()) expect(results[i]?.stderr).toContain(line);
});
