/**
 * How many answers a second does a `SimpleAgent` give, every call durable on disk, beside the bare openai SDK that keeps
 * nothing? 32 at a time, against a server in a process of its own that answers at once. Every way runs in a process of its
 * own, in turns; medians over the rounds.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimpleAgent } from '@pd/agents';
import { createCallLog } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import OpenAI from 'openai';

const CONCURRENCY = 32;
const CALLS = 8_000;
const WARM_UP = 1_000;
const ROUNDS = 5;
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
    const log = createCallLog({ dir });
    return { ask: asking(baseURL, log.logger), close: () => log.close() };
  },
};

function asking(baseURL: string, logger: Parameters<typeof createLLMClient>[0]['logger']): Ask {
  const client = createLLMClient({ model: 'm', baseURL, logger });
  // A new agent for each question: one that remembers asks a longer question every time.
  return () => new SimpleAgent({ id: 'agent', client }).respond({ content: QUESTION });
}

async function measure(ask: Ask): Promise<number> {
  let left = WARM_UP;
  const work = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  left = CALLS;
  const started = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return (CALLS * 1000) / (performance.now() - started);
}

const [command, baseURL = '', name = ''] = process.argv.slice(2);
if (command === 'serve') serve();
else if (command === 'way') {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  const { ask, close } = (ways[name] as (typeof ways)[string])(baseURL, dir);
  console.log(await measure(ask));
  await close?.();
  rmSync(dir, { recursive: true, force: true });
} else await compare();

function serve(): void {
  const body = JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [
      { index: 0, message: { role: 'assistant', content: 'It does. '.repeat(30) }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: 80, completion_tokens: 60, total_tokens: 140 },
  });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(body));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function compare(): Promise<void> {
  const server: ChildProcess = fork(import.meta.filename, ['serve']);
  try {
    const [port] = await once(server, 'message');
    const found = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
    for (let round = 0; round < ROUNDS; round++)
      for (const [way, rates] of found)
        rates.push(
          Number(
            execFileSync(process.execPath, [import.meta.filename, 'way', `http://127.0.0.1:${port}/v1`, way]),
          ),
        );
    const median = (rates: number[]) => rates.toSorted((a, b) => a - b)[rates.length >> 1] ?? 0;
    const base = median([...found.values()][0] ?? []);
    for (const [way, rates] of found) {
      const rate = median(rates);
      console.log(`${way.padEnd(40)} ${rate.toFixed(0).padStart(6)} calls/s  ${(rate / base).toFixed(2)}×`);
    }
  } finally {
    server.kill();
  }
}
