import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts the server in a process of its own, which ends with this one. Returns its address, without a path. */
export async function startServer(): Promise<{ origin: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  return { origin: `http://127.0.0.1:${Number(String(port))}`, stop: () => child.kill() };
}
