import dns from 'node:dns';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChaosAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, type RunTree, readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { createLLMClient, createMemoryCache, type LLMClientOptions } from '@pd/llm-client';
import { createStorm, startTestServer } from '@pd/llm-client/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runExchange } from '../src/index.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-scenario-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  vi.unstubAllGlobals();
  rmSync(dir, { recursive: true, force: true });
});

const prices = { 'custom/*': { input: 1, output: 2 } };

/** Two agents in exchange over a server that fails at random, and what else a program asks; all of it may fail. */
async function program(options: Partial<LLMClientOptions>): Promise<{ tree: RunTree; path: string }> {
  await using log = createCallLog({ dir, tree: false });
  const client = createLLMClient({
    ...{ model: 'stand-in-1', logger: log.logger, prices },
    ...options,
    retry: { maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 2, maxRetryAfterMs: 5, afterFirstChunk: true },
  });
  const run = await log.run({ name: 'talk' }, async (begun) => {
    const agents = [
      new SimpleAgent({ id: 'simple', client }),
      new ChaosAgent({ id: 'chaos', client }),
    ] as const;
    await runExchange({
      agents,
      opening: 'What could a bus stop be?',
      maxTurns: 6,
      logger: log.logger,
    }).catch(() => {});
    const librarian = client.bind({ agent: { id: 'librarian' } });
    const messages = [{ role: 'user' as const, content: 'In one sentence: what is a bridge?' }];
    await Promise.allSettled([
      librarian.chat({ messages }),
      librarian.stream({ messages, seed: 1 }).result(),
    ]);
    await librarian.chat({ messages }).catch(() => {});
    return begun;
  });
  return { tree: await readTree(run.journalPath), path: run.journalPath };
}

function blockNetwork(): () => number {
  let tries = 0;
  const blocked = () => {
    tries++;
    throw new Error('the network is blocked');
  };
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(blocked);
  for (const module of [http, https]) {
    vi.spyOn(module, 'request').mockImplementation(blocked);
    vi.spyOn(module, 'get').mockImplementation(blocked);
  }
  vi.spyOn(dns, 'lookup').mockImplementation(blocked as never);
  vi.stubGlobal('fetch', blocked);
  syncBuiltinESMExports();
  return () => tries;
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

it.each(seeds)(
  'a whole scenario is replayed with the network blocked, to an equal tree (seed %i)',
  async (seed) => {
    let original: Awaited<ReturnType<typeof program>>;
    {
      await using server = await startTestServer({ answers: createStorm({ seed, faultRate: 0.5 }) });
      original = await program({ baseURL: server.url, attemptTimeoutMs: 1_000, cache: createMemoryCache() });
      expect(original.tree.run.totals.attempts).toBe(server.requests.length);
    }
    const tries = blockNetwork();
    const live = createLLMClient({ model: 'm', baseURL: 'http://127.0.0.1:9/v1', retry: false });
    await expect(live.chat({ messages: [{ role: 'user', content: 'x' }] })).rejects.toThrow(/blocked/);
    expect(tries()).toBe(1);
    const replayed = await program({ baseURL: 'http://127.0.0.1:9/v1', replay: original.path });
    expect(canonicalTree(replayed.tree)).toEqual(canonicalTree(original.tree));
    expect(tries()).toBe(1);
  },
);
