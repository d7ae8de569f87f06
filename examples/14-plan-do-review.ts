/** @pd/agents: one plans, one does the steps with tools that really do something, one reviews. Offline, and on record. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { CriticAgent, defineTool, ExecutorAgent, PlannerAgent, toWaves } from '@pd/agents';
import { createCallLog } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';

// What there is to work with: a file and a database.
writeFileSync('order.txt', 'pens: 12 boxes, 40 pens each\n');
const database = new DatabaseSync(':memory:');
database.exec(
  "create table stock (item text, amount int); insert into stock values ('pens', 500), ('ink', 3)",
);

const tools = [
  defineTool({
    name: 'read_file',
    description: 'Reads a text file.',
    input: z.object({
      path: z.string().refine((path) => /^[\w-]+\.txt$/.test(path), 'only text files of this folder'),
    }),
    execute: ({ path }, { signal }) => readFile(path, { encoding: 'utf8', signal }),
  }),
  defineTool({
    name: 'calculate',
    description: 'Calculates an arithmetic expression.',
    input: z.object({
      expression: z.string().refine((text) => /^[\d\s.+*/()-]+$/.test(text), 'only numbers and + - * / ( )'),
    }),
    output: z.object({ value: z.number() }),
    execute: ({ expression }) => database.prepare(`select ${expression} as value`).get() as { value: number },
  }),
  defineTool({
    name: 'query_stock',
    description: 'Tells how much of an item is in stock, from the database.',
    input: z.object({ name: z.string() }),
    execute: ({ name }) => database.prepare('select item, amount from stock where item = ?').all(name),
  }),
];

// A stand-in, not a language model. With a key: createLLMClient({ model: 'openai/gpt-5.4-mini', apiKey, logger })
await using server = await startOfflineServer();
await using log = createCallLog({ dir: 'logs' });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });

const executor = new ExecutorAgent({ id: 'executor', client, tools, limits: { steps: 6, seconds: 30 } });
const planner = new PlannerAgent({ id: 'planner', client, owners: [executor], maxSteps: 5 });
const critic = new CriticAgent({
  id: 'critic',
  client,
  criteria: ['It names numbers.', 'It answers the goal.'],
});

const goal = 'Read the file order.txt, calculate 12 * 40, and query the stock of "pens".';
await log.run({ name: 'plan, do, review' }, async () => {
  const planned = await planner.plan(goal);
  if (!planned.ok) throw new Error(`no plan: ${planned.issues.map(({ message }) => message).join('; ')}`);
  const done: { id: string; summary: string }[] = [];
  for (const wave of toWaves(planned.plan.steps)) {
    const results = await Promise.all(
      wave.map(({ task }) => executor.execute({ task, goal, earlier: done })),
    );
    for (const [i, { status, summary, reply }] of results.entries()) {
      const tools = reply.toolRuns?.map(({ name, content }) => `${name} → ${content.trim()}`).join('; ');
      console.log(`${wave[i]?.id} ${status} (${tools})`);
      done.push({ id: wave[i]?.id ?? '', summary });
    }
  }
  const review = await critic.review({ goal, work: done.map(({ summary }) => summary).join('\n') });
  if (review.ok) console.log(`${review.verdict.criteria.length} criteria judged: ${review.verdict.passed}`);
});
