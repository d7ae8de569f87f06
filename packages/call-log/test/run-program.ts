import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program of test/fixtures on its own Node, given `args`. */
export interface Program {
  /** Called for every line it prints, with the lines so far. */
  onLine?: (lines: number, kill: (signal: NodeJS.Signals) => void) => void;
  /** Its working directory. */
  cwd?: string;
  /** A command to run it with, such as `prlimit`. */
  through?: string[];
}

/** Runs a program of `test/fixtures` to its end. */
export function runProgram(name: string, args: string[], { onLine, cwd, through = [] }: Program = {}) {
  const path = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const [command = process.execPath, ...rest] = [...through, process.execPath, path, ...args];
  const child = spawn(command, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    lines += text.split('\n').length - 1;
    onLine?.(lines, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
