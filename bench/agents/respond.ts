/**
 * How many answers a second does a `SimpleAgent` give, every call durable on disk, beside the bare openai SDK that keeps
 * nothing? 32 at a time, against a server in a process of its own that answers at once. Every way runs in a process of its
 * own, in turns; medians over the rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimpleAgent } from '@pd/agents';
import { createCallLog } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import OpenAI from 'openai';
import { startServer } from '../llm-client/start-server.ts';
import { inTurns } from '../measure/in-turns.ts';

const AT_A_TIME = 32;
const CALLS = 8_000;
const WARM_UP = 1_000;
const ROUNDS = 3;
const QUESTION = 'How does a bridge stay up? '.repeat(10);

/** Asks once; the same conversation length in every way. */
type Ask = () => Promise<unknown>;

const ways: Record<string, (baseURL: string, dir: string) => { ask: Ask; close?: () => Promise<void> }> = {
  'openai SDK, nothing recorded': (baseURL) => {
    const client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: QUESTION }];
    return { ask: () => client.chat.completions.create({ model: 'm', messages }) };
  },
  'client.chat, nothing recorded': (baseURL) => {
    const client = createLLMClient({ model: 'm', baseURL });
    return { ask: () => client.chat({ messages: [{ role: 'user', content: QUESTION }] }) };
  },
  'SimpleAgent.respond, nothing recorded': (baseURL) => ({ ask: asking(baseURL, undefined) }),
  'SimpleAgent.respond, durable log': (baseURL, dir) => {
    const log = createCallLog({ dir, tree: false });
    return { ask: asking(baseURL, log.logger), close: () => log.close() };
  },
  'SimpleAgent.respond, durable log and tree': (baseURL, dir) => {
    const log = createCallLog({ dir });
    return { ask: asking(baseURL, log.logger), close: () => log.close() };
  },
};

function asking(baseURL: string, logger: Parameters<typeof createLLMClient>[0]['logger']): Ask {
  const client = createLLMClient({ model: 'm', baseURL, logger });
  // A new agent for each question: one that remembers asks a longer question every time.
  return () => new SimpleAgent({ id: 'agent', client }).respond({ content: QUESTION });
}

/** Calls per second, and CPU time in microseconds of all threads for each. */
async function measure(name: string, baseURL: string) {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const way = ways[name]?.(baseURL, dir);
  if (way === undefined) throw new Error(`no such way: ${name}`);
  const askAll = async (calls: number) => {
    let left = calls;
    const lane = async () => {
      while (left-- > 0) await way.ask();
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  };
  await askAll(WARM_UP);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await askAll(CALLS);
  const seconds = (performance.now() - begun) / 1000;
  await way.close?.();
  const { user, system } = process.cpuUsage(cpu);
  rmSync(dir, { recursive: true, force: true });
  return { perSecond: CALLS / seconds, cpuUs: (user + system) / CALLS };
}

const [name, origin] = process.argv.slice(2);
if (name !== undefined && origin !== undefined) {
  console.log(JSON.stringify(await measure(name, `${origin}/v1`)));
  process.exit();
}
const server = await startServer();
const rows = inTurns(import.meta.filename, Object.keys(ways), { rounds: ROUNDS, args: [server.origin] });
server.stop();
const bare = rows[0]?.figures ?? {};
for (const { name, figures } of rows) {
  const { perSecond = Number.NaN, cpuUs = Number.NaN } = figures;
  const cells = [
    name.padEnd(44),
    `${perSecond.toFixed(0).padStart(6)} calls/s (${(perSecond / (bare.perSecond ?? Number.NaN)).toFixed(2)} × SDK)`,
    `${cpuUs.toFixed(0).padStart(5)} µs CPU (${(cpuUs / (bare.cpuUs ?? Number.NaN)).toFixed(2)} × SDK)`,
  ];
  console.log(cells.join('   '));
}
