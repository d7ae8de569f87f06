import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const command = join(import.meta.dirname, '../../src/pd-worker.ts');
const fixture = join(import.meta.dirname, 'fixtures/agents.ts');

export interface WorkerProcess {
  child: ChildProcess;
  /** What it has written so far. */
  output: () => string;
  /** Sends a signal and waits for the end. @returns exit code or signal */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export interface WorkerProcessOptions {
  redis: string;
  prefix: string;
  logs: string;
  server: string;
  args?: string[];
  env?: Record<string, string>;
}

/** `pd-worker` with the agents of the fixture, as a process of its own, once it is ready. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { redis, prefix, logs, server, args = [], env = {} } = options;
  const child = spawn(
    process.execPath,
    [command, '--redis', redis, '--prefix', prefix, '--logs', logs, ...args, fixture],
    { env: { PATH: process.env.PATH, PD_TEST_SERVER: server, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('pd-worker ready')) ready.resolve();
    });
  child.once('exit', (code) => ready.reject(new Error(`the worker ended with ${code}: ${text}`)));
  await ready.promise;
  return {
    child,
    output: () => text,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      child.kill(signal);
      const [code, by] = await once(child, 'exit');
      return (code as number | null) ?? (by as NodeJS.Signals | null);
    },
  };
}
