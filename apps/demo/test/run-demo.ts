import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../dist/main.js');

/** No key and no server, whatever the developer's own `.env` says: a variable that is set is not read from there. */
const bare = { OPENAI_API_KEY: '', OPENAI_APY_KEY: '', OPENAI_BASE_URL: '', PD_MODEL: '', REDIS_URL: '' };

/** A demo that is running. */
export interface RunningDemo {
  child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves when its output contains the text. */
  printed(text: string): Promise<void>;
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** Starts the built demo as a user would, without a terminal. */
export function startDemo(args: string[], env: Record<string, string> = {}): RunningDemo {
  // Colours are for whoever runs the tests, not for what is tested.
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...inherited, ...bare, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return {
    child,
    ended,
    output: () => stdout,
    async printed(text) {
      while (!stdout.includes(text)) {
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then(() => Promise.reject(new Error(`ended without printing ${text}: ${stdout}${stderr}`))),
        ]);
      }
    },
  };
}

/** Runs it to its end. */
export function runDemo(args: string[], env?: Record<string, string>) {
  return startDemo(args, env).ended;
}
