import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ended } from './run-program.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Runs the built command `call-log` in a pipe. */
export function startCommand(args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, PD_DEBUG: undefined };
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}
