import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCallLog, type RunTree, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  agentTool,
  CriticAgent,
  defineTool,
  ExecutorAgent,
  PlannerAgent,
  SimpleAgent,
  toWaves,
} from '../src/index.ts';

/** A goal whose words call for all three tools. */
const GOAL = 'Read the file order.txt, calculate 12 * 40, and query the stock of "pens".';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-agents-'));
  writeFileSync(join(dir, 'order.txt'), 'pens: 12 boxes');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function realTools(database: DatabaseSync) {
  return [
    defineTool({
      name: 'read_file',
      description: 'Reads a text file.',
      input: z.object({ path: z.string().refine((path) => /^[\w-]+\.txt$/.test(path), 'only text files') }),
      execute: ({ path }, { signal }) => readFile(join(dir, path), { encoding: 'utf8', signal }),
    }),
    defineTool({
      name: 'calculate',
      description: 'Calculates an arithmetic expression.',
      input: z.object({
        expression: z.string().refine((text) => /^[\d\s.+*/()-]+$/.test(text), 'only numbers'),
      }),
      output: z.object({ value: z.number() }),
      execute: ({ expression }) =>
        database.prepare(`select ${expression} as value`).get() as { value: number },
    }),
    defineTool({
      name: 'query_stock',
      description: 'Tells how much of an item is in stock.',
      input: z.object({ name: z.string() }),
      execute: ({ name }) => database.prepare('select * from stock where item = ?').all(name),
    }),
  ];
}

/** Runs something in a log of its own and reads what it left. */
async function recorded(
  work: (client: ReturnType<typeof createLLMClient>) => Promise<void>,
): Promise<RunTree> {
  await using server = await startOfflineServer();
  await using log = createCallLog({ dir, tree: false });
  const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });
  const run = await log.run({}, async (begun) => {
    await work(client);
    return begun;
  });
  return readTree(run.journalPath);
}

describe('plan, do, review', () => {
  it('works offline from end to end, and the tree shows every tool under the call that asked for it', async () => {
    using database = new DatabaseSync(':memory:');
    database.exec("create table stock (item text, amount int); insert into stock values ('pens', 500)");
    const tree = await recorded(async (client) => {
      const executor = new ExecutorAgent({ id: 'executor', client, tools: realTools(database) });
      const planner = new PlannerAgent({ id: 'planner', client, owners: [executor] });
      const critic = new CriticAgent({ id: 'critic', client, criteria: ['It names numbers.'] });
      const planned = await planner.plan(GOAL);
      if (!planned.ok) throw new Error('no plan');
      expect(planned.plan.steps.every(({ owner }) => owner === 'executor')).toBe(true);
      const [first] = toWaves(planned.plan.steps)[0] ?? [];
      const result = await executor.execute({ task: first?.task ?? '', goal: GOAL });
      expect(result).toMatchObject({ status: 'success', reply: { stopReason: 'done' } });
      const review = await critic.review({ goal: GOAL, work: result.summary });
      expect(review).toMatchObject({ ok: true, verdict: { criteria: [{ criterion: 'It names numbers.' }] } });
    });
    expect(tree.agents.map(({ id, role }) => [id, role])).toEqual([
      ['planner', 'planner'],
      ['executor', 'executor'],
      ['critic', 'critic'],
    ]);
    const tools = tree.agents[1]?.calls.flatMap(({ tool_calls }) => tool_calls);
    expect(tools?.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { name: 'calculate', status: 'ok', arguments: { expression: '12 * 40' }, result: '{"value":480}' },
      { name: 'query_stock', status: 'ok', result: '[{"item":"pens","amount":500}]' },
      { name: 'read_file', status: 'ok', result: 'pens: 12 boxes' },
    ]);
    for (const { post, tool_calls } of tree.agents[1]?.calls ?? []) {
      const asked = (post?.message?.tool_calls ?? []) as { id: string }[];
      expect(tool_calls.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    }
    expect(tree.orphans).toEqual([]);
    expect(tree.audit.damaged_lines).toBe(0);
  });

  it('has agents under agents, guardrails by their call, and messages between agents in the tree', async () => {
    const tree = await recorded(async (client) => {
      const expert = new SimpleAgent({ id: 'expert', client, description: 'knows bridges' });
      const boss = new SimpleAgent({
        id: 'boss',
        client,
        tools: [agentTool(expert, { name: 'ask_expert' })],
        guardrails: {
          output: [{ name: 'loud', check: (text) => ({ type: 'rewrite', content: text.toUpperCase() }) }],
        },
      });
      expect((await boss.respond({ content: 'Please ask_expert about bridges.' })).content).toMatch(
        /^[^a-z]+$/,
      );
    });
    const [boss, expert] = tree.agents;
    expect(expert).toMatchObject({
      id: 'expert',
      parent_id: 'boss',
      calls: [{ parent_call_id: boss?.calls[0]?.id }],
    });
    expect(tree.messages.map(({ from, to, status }) => [from, to, status])).toEqual([
      ['boss', 'expert', 'handled'],
      ['expert', 'boss', 'delivered'],
    ]);
    expect(tree.logs).toMatchObject([
      {
        message: 'guardrail loud: rewrite (output)',
        agent_id: 'boss',
        call_id: boss?.calls[1]?.id,
        fields: { guardrail: 'loud', on: 'output' },
      },
    ]);
  });

  it('streams what is said after the tools have run', async () => {
    using database = new DatabaseSync(':memory:');
    database.exec('create table stock (item text, amount int)');
    await recorded(async (client) => {
      const agent = new SimpleAgent({ id: 'streaming', client, tools: realTools(database) });
      const stream = agent.stream({ content: 'Please calculate 12 * 40.' });
      const seen: string[] = [];
      let text = '';
      for await (const part of stream.parts()) {
        seen.push(part.type);
        if (part.type === 'text-delta') text += part.text;
      }
      expect(text).toContain('480');
      expect(seen.slice(0, 3)).toEqual(['tool-start', 'tool-end', 'text-delta']);
      expect(seen.filter((type) => type === 'text-delta').length).toBeGreaterThan(1);
      expect(await stream.result()).toMatchObject({ content: text, steps: 2, stopReason: 'done' });
    });
  });
});
