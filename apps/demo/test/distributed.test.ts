import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedis, type RedisServer, startRedis } from '../../../packages/agents/test/start-redis.ts';
import { runDemo, startDemo } from './run-demo.ts';

let dir: string;
let redis: RedisServer | undefined;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-demo-distributed-'));
  if (noRedis === undefined) redis = await startRedis(dir);
});
afterAll(async () => {
  await redis?.kill();
  rmSync(dir, { recursive: true, force: true });
});

const env = () => ({ REDIS_URL: redis?.url ?? '' });
const treeIn = async (folder: string) => {
  const [journal = ''] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return readTree(join(folder, journal));
};
const keys = async () => {
  const client = await createClient({ url: redis?.url ?? '' }).connect();
  const found = await client.keys('pd-demo-*');
  client.destroy();
  return found;
};

describe.skipIf(noRedis)(
  `agents in processes of their own (${noRedis ?? 'a real Redis'})`,
  { timeout: 90_000 },
  () => {
    it('give the tree that one process gives, and leave nothing in Redis', async () => {
      const [apart, together] = [join(dir, 'apart'), join(dir, 'together')];
      const run = (folder: string, ...more: string[]) =>
        runDemo(['--scenario', 'exchange', '--turns', '4', '--json', '--log-dir', folder, ...more], env());
      expect(await run(apart, '--distributed')).toMatchObject({ code: 0, stderr: '' });
      expect(await run(together)).toMatchObject({ code: 0, stderr: '' });
      expect(canonicalTree(await treeIn(apart))).toEqual(canonicalTree(await treeIn(together)));
      expect(await keys()).toEqual([]);
    });

    it('may be killed: another one answers, and everything is on record', async () => {
      const folder = join(dir, 'killed');
      const demo = startDemo(['--scenario', 'debate', '--distributed', '--log-dir', folder], env());
      await demo.printed('\ncon');
      const [, pid] = /processes (\d+), \d+/.exec(demo.output()) ?? [];
      process.kill(Number(pid), 'SIGKILL');
      const { code, stdout } = await demo.ended;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Ended: done/m);
      const tree = await treeIn(folder);
      expect(tree.run.status).toBe('completed');
      expect(tree.messages.filter(({ status }) => status !== 'handled')).toEqual([]);
    });
  },
);

it('without Redis it says what to start', async () => {
  const { code, stderr, stdout } = await runDemo(['--distributed', '--log-dir', dir], {
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^--distributed: Redis 127\.0\.0\.1:1: .*Start one \(redis-server/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
