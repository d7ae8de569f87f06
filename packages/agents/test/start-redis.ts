import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';

/** Why tests with Redis are skipped, if they are. */
export const noRedis =
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'needs the program redis-server';

export interface RedisServer {
  url: string;
  process: ChildProcess;
  /** Stops it at once, as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** A real Redis on a free port. What it acknowledged is on its disk. */
export async function startRedis(dir: string, more: string[] = [], port?: number): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const files = ['--dir', dir, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  const child = spawn('redis-server', ['--port', String(at), '--bind', '127.0.0.1', ...files, ...more], {
    stdio: 'ignore',
  });
  const url = `redis://127.0.0.1:${at}`;
  await untilItAnswers(url);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, process: child, kill };
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
    try {
      await client.connect();
      await client.ping();
      return;
    } catch (error) {
      // One that wants a password answers, too.
      if (error instanceof Error && error.message.startsWith('NOAUTH')) return;
      if (Date.now() > deadline) throw error;
      await wait(20);
    } finally {
      if (client.isOpen) client.destroy();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
