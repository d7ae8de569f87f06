#!/usr/bin/env node
/** Packs the package in the current folder as it would be published and checks the tarball's shape. Silent when it is right. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pd-pack-'));
try {
  run('pnpm', ['pack', '--silent', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('pnpm pack wrote no tarball');
  run('publint', ['run', '--strict', join(folder, tarball)]);
  run('attw', ['--profile', 'node16', '--format', 'ascii', join(folder, tarball)]);
} catch (error) {
  const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
  process.stderr.write(`${stdout}${stderr}${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, args: string[]): void {
  // The checkers are this package's own dependencies, not those of the package that is checked.
  const path = [join(import.meta.dirname, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  // A shell only on Windows, where package managers install .cmd shims.
  const shell = process.platform === 'win32';
  execFileSync(command, args, {
    stdio: 'pipe',
    encoding: 'utf8',
    shell,
    env: { ...process.env, PATH: path },
  });
}
