import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallLog, createCallLog, readTree, withAgent } from '@pd/call-log';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLLMClient, type LLMClient } from '../src/index.ts';

let dir = '';
let log: CallLog;
let server: OfflineServer;
let client: LLMClient;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-llm-client-'));
  server = await startOfflineServer();
  log = createCallLog({ dir, defaultRun: { id: 'main' }, tree: false });
  client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

const ann = { id: 'ann' };
const bob = { id: 'bob' };
const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** What was asked → who asked, and how that was found out. */
async function owners(): Promise<Record<string, string>> {
  await log.close();
  const tree = await readTree(join(dir, 'main.jsonl'));
  expect(tree.orphans).toEqual([]);
  const all = callsById(tree);
  return Object.fromEntries(
    tree.agents.flatMap(({ id, calls }) =>
      calls.map((call) => [expandRequest(call, all)[0]?.content, `${id} (${call.agent_source})`]),
    ),
  );
}

describe('whose call it is', () => {
  it('a stream: of whoever asked for it, read by whomever, whenever', async () => {
    const read = withAgent(ann, () => client.stream(ask('read, by ann')));
    const awaited = withAgent(ann, () => client.stream(ask('awaited, by ann')));
    await withAgent(bob, async () => {
      await drain(read);
      await awaited.result();
      await client.chat(ask('by bob'));
    });
    expect(await owners()).toEqual({
      'read, by ann': 'ann (context)',
      'awaited, by ann': 'ann (context)',
      'by bob': 'bob (context)',
    });
  });

  it('a generator: of whoever made it, not of whoever iterates it', async () => {
    async function* answers() {
      yield* client.stream(ask('streamed, by ann'));
      yield await client.chat(ask('by ann'));
    }
    const generator = withAgent(ann, answers);
    await withAgent(bob, () => drain(generator));
    expect(await owners()).toEqual({ 'streamed, by ann': 'ann (context)', 'by ann': 'ann (context)' });
  });

  it('a shared client in parallel: of the agent around the call, unless it is bound or the call names one', async () => {
    const carls = client.bind({ agent: { id: 'carl' } });
    await Promise.all([
      withAgent(ann, () => client.chat(ask('by ann'))),
      withAgent(bob, () => client.chat(ask('by bob'))),
      withAgent(bob, () => carls.chat(ask('by carl'))),
      withAgent(bob, () => carls.chat({ ...ask('by dora'), agent: { id: 'dora' } })),
      client.chat(ask('by nobody we know')),
    ]);
    expect(await owners()).toEqual({
      'by ann': 'ann (context)',
      'by bob': 'bob (context)',
      'by carl': 'carl (binding)',
      'by dora': 'dora (explicit)',
      'by nobody we know': 'unknown_agent (unknown)',
    });
  });
});
