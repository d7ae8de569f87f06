import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromOtlp } from '@pd/call-log/otlp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRun } from './recorded-run.ts';
import { startCommand } from './run-command.ts';

let dir = '';
const run = (...args: string[]) => startCommand(args, dir).ended;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-visualizer-test-'));
  await recordRun(join(dir, 'logs'), 'run-1');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('pd-visualizer', () => {
  it.each([
    ['dot', /^digraph "run-1" \{/],
    ['json', /^\{\n {2}"directed": true/],
    ['markdown', /^# demo\n/],
    ['csv', /^run_id,agent_id,/],
    ['mermaid', /^flowchart LR\n/],
    ['show', /^demo {2}run-1 {2}completed\n/],
  ])(
    '%s writes to standard output, the same every time, without colours in a pipe',
    async (format, pattern) => {
      const first = await run(format, 'logs/run-1.jsonl');
      expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(pattern) });
      expect(first.stdout).not.toContain('\u001b');
      expect(await run(format, 'latest')).toEqual(first);
    },
  );

  it('otlp writes requests that are read back as the run', async () => {
    const { code, stdout } = await run('otlp', 'run-1', '--dir', 'logs');
    expect(code).toBe(0);
    const requests = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const [tree] = await fromOtlp(requests[0]);
    expect(tree?.run).toMatchObject({ id: 'run-1', name: 'demo' });
  });

  it('-o writes a file that only its owner can read, and says which', async () => {
    const { code, stdout } = await run('csv', 'latest', '-o', 'calls.csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'calls.csv\n' });
    expect(readFileSync(join(dir, 'calls.csv'), 'utf8').split('\r\n')).toHaveLength(4);
    if (process.platform !== 'win32') expect(statSync(join(dir, 'calls.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('html is called after the log, beside it', async () => {
    expect(await run('html', 'latest')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/logs.run-1\.html\n$/),
    });
  });

  it('show takes a width, colours only when asked, and nothing but ASCII', async () => {
    const wide = await run('show', 'latest', '--width', '120');
    expect(Math.max(...wide.stdout.split('\n').map((line) => line.length))).toBe(120);
    expect((await run('show', 'latest', '--ascii')).stdout).toMatch(/^[\n\x20-\x7e]+$/);
    const coloured = startCommand(['show', 'latest'], dir, { FORCE_COLOR: '1' }).ended;
    expect((await coloured).stdout).toContain('\u001b[31m');
    const plain = startCommand(['show', 'latest'], dir, { NO_COLOR: '1' }).ended;
    expect((await plain).stdout).not.toContain('\u001b');
    expect(await run('show', 'latest', '--width', '5')).toMatchObject({ code: 2, stdout: '' });
  });

  it('every command has a help that names its options', async () => {
    const { stdout } = await run('--help');
    const commands = [...stdout.matchAll(/^ {2}(\w+) +\S/gm)].map(([, name = '']) => name);
    expect(commands).toEqual(
      expect.arrayContaining(['html', 'dot', 'json', 'markdown', 'csv', 'otlp', 'mermaid', 'show']),
    );
    for (const command of ['dot', 'otlp', 'show'])
      expect((await run(command, '--help')).stdout).toContain('--dir <folder>');
  });
});
