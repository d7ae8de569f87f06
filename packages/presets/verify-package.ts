#!/usr/bin/env node
/** Packs the package in the current folder as it would be published and checks the tarball's shape. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'pd-pack-'));
try {
  run('pnpm', ['pack', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('pnpm pack wrote no tarball');
  run('publint', ['run', '--strict', join(folder, tarball)]);
  run('attw', [join(folder, tarball)]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, args: string[]): void {
  // A shell only on Windows, where package managers install .cmd shims.
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
}
