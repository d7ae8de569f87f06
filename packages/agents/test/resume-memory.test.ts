import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, readTree } from '@pd/call-log';
import type { LogEvent } from '@pd/call-log/schema';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { readRecordedRun } from '@pd/llm-client/resume';
import { createScriptedClient } from '@pd/llm-client/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentTool, createInMemoryStore, defineTool, type MemoryStore, SimpleAgent } from '../src/index.ts';
import { createSQLiteStore } from '../src/memory/sqlite/create-sqlite-store.ts';
import { calls } from './support.ts';

const contents = async (memory: MemoryStore) =>
  (await memory.read('s')).map(({ message }) => message.content);

describe('a memory', () => {
  it('of an agent that is done again shows what it showed, and keeps nothing twice', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pd-memory-resume-'));
    await using server = await startOfflineServer();
    await using memory = await createSQLiteStore({ path: join(dir, 'memory.db') });
    try {
      const talk = async (client: LLMClient, context = {}) => {
        const agent = new SimpleAgent({ id: 'a', client, memory, session: 's', context });
        for (const [turn, content] of ['How are you?', 'And now?', 'And now?', 'Why?'].entries())
          await agent.respond({ content, from: 'user' }, { messageId: `m${turn}` });
      };
      const log = createCallLog({ dir, tree: false });
      const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
      const path = await log.run({}, async (run) => {
        await talk(client);
        return run.journalPath;
      });
      await log.close();
      const kept = await contents(memory);
      expect(kept).toHaveLength(8);
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      const ends = lines.flatMap((line, i) => (line.includes('"call.end"') ? [i + 1] : []));
      for (const end of ends) {
        const cut = join(dir, `cut-${end}.jsonl`);
        writeFileSync(cut, `${lines.slice(0, end).join('\n')}\n`);
        const events: LogEvent[] = [];
        const again = createLLMClient({
          model: 'stand-in-1',
          baseURL: server.url,
          logger: (event) => events.push(event),
        });
        await talk(again.bind({ resume: await readRecordedRun(cut) }), { writes: 'question-first' });
        expect(await contents(memory)).toEqual(kept);
        const asked = events.filter(({ type }) => type === 'call.start');
        expect(asked).toHaveLength(4 - (ends.indexOf(end) + 1));
      }
      expect((await readTree(path)).run.totals.calls).toBe(4);
    } finally {
      await memory.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('keeps the answer once that two processes give to one message', async () => {
    const memory = createInMemoryStore();
    const answer = (text: string, messageId?: string) =>
      new SimpleAgent({ id: 'a', client: createScriptedClient([text]), memory, session: 's' }).respond(
        { content: 'Hm?', from: 'user' },
        { messageId },
      );
    await answer('One.', 'm1');
    await answer('Another.', 'm1');
    expect(await contents(memory)).toEqual(['Hm?', 'One.']);
    await answer('Two.', 'm2');
    await answer('Three.');
    expect(await contents(memory)).toEqual(['Hm?', 'One.', 'Hm?', 'Two.', 'Hm?', 'Three.']);
  });
});

describe('idempotency keys', () => {
  const keysOf = async (messageId: string | undefined, tries = 1) => {
    const keys: string[] = [];
    const pay = defineTool({
      name: 'pay',
      description: '',
      input: z.object({}),
      execute: (_, { idempotencyKey }) => keys.push(idempotencyKey),
    });
    for (let i = 0; i < tries; i++) {
      const twice = calls({ name: 'pay', id: `x${i}` }, { name: 'pay', id: `y${i}` });
      const client = createScriptedClient([
        calls({ name: 'ask_worker', arguments: { message: 'Pay.' } }, { name: 'pay' }),
        ...[twice, twice, 'Paid.', 'All is paid.'],
      ]);
      const worker = new SimpleAgent({ id: 'worker', client, tools: [pay] });
      const boss = new SimpleAgent({
        id: 'boss',
        client,
        tools: [agentTool(worker), pay],
        toolSettings: { concurrency: 1 },
        limits: { repeats: 10 },
      });
      await boss.respond({ content: 'Pay.' }, { messageId });
    }
    return keys;
  };

  it('are the same when a message is answered again, also those of agents that are asked as tools', async () => {
    const [once, again, other, without] = await Promise.all([
      keysOf('m1'),
      keysOf('m1'),
      keysOf('m2'),
      keysOf(undefined, 2),
    ]);
    expect(new Set(once).size).toBe(5);
    expect(again).toEqual(once);
    expect(other.filter((key) => once.includes(key))).toEqual([]);
    expect(new Set(without).size).toBe(10);
  });
});

describe('a tool whose result is on record', () => {
  it('is not run, unless it says so', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pd-tool-resume-'));
    try {
      const ran: string[] = [];
      const make = (name: string, onResume?: 'again') =>
        defineTool({
          name,
          description: '',
          input: z.object({}),
          ...(onResume && { onResume }),
          execute: () => {
            ran.push(name);
            return name === 'fails' ? Promise.reject(new Error('no')) : { did: name };
          },
        });
      const talk = (client: LLMClient) =>
        new SimpleAgent({
          id: 'a',
          client,
          tools: [make('pays'), make('fails'), make('looks', 'again')],
        }).respond({
          content: 'Go.',
        });
      const steps = [calls({ name: 'pays' }, { name: 'fails' }, { name: 'looks' }), 'Done.'];
      const log = createCallLog({ dir, tree: false });
      const first = createScriptedClient(steps, { logger: log.logger });
      const path = await log.run({}, async (run) => {
        await talk(first);
        return run.journalPath;
      });
      await log.close();
      expect(ran.splice(0)).toEqual(['pays', 'fails', 'looks']);
      const events: LogEvent[] = [];
      const again = createScriptedClient([], { logger: (event) => events.push(event) });
      const reply = await talk(again.bind({ resume: await readRecordedRun(path) }));
      expect(ran).toEqual(['looks']);
      expect(reply.toolRuns).toMatchObject([
        { name: 'pays', status: 'ok', content: '{"did":"pays"}', result: { did: 'pays' }, attempts: 0 },
        { name: 'fails', status: 'error', content: '{"error":"no"}', attempts: 0 },
        { name: 'looks', status: 'ok', result: { did: 'looks' }, attempts: 1 },
      ]);
      expect(events).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('is one thing or the other', () => {
    const options = { name: 'x', description: '', input: z.object({}), execute: () => 1 };
    expect(() => defineTool({ ...options, onResume: 'sometimes' as 'again' })).toThrow(
      /onResume of the tool x/,
    );
  });
});
