/** @pd/agents: a tool that waits for a person, in another process maybe; checks of what comes in and goes out; limits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { defineTool, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';

await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });

const newClerk = () =>
  new SimpleAgent({
    id: 'clerk',
    client,
    tools: [
      defineTool({
        name: 'refund',
        description: 'Refunds an order.',
        input: z.object({ amount: z.number() }),
        approval: ({ amount }) => (amount > 50 ? 'ask' : 'allow'),
        execute: ({ amount }, { idempotencyKey }) =>
          `refunded ${amount}, once (${idempotencyKey.length} characters)`,
      }),
    ],
    limits: { steps: 4, seconds: 30 },
    guardrails: {
      input: [
        (text) => (/password/i.test(text) ? { type: 'block', reason: 'no passwords, please' } : undefined),
      ],
      output: [{ name: 'length', check: z.string().max(2_000, 'Say it in fewer words.') }],
    },
  });

// 1. Somebody has to be asked: the answer ends, and what waits is JSON.
const asked = await newClerk().respond({ content: 'Please refund an amount of 120.' });
writeFileSync('pending.json', JSON.stringify(asked.pending));
console.log(asked.stopReason, asked.pending?.tool_calls.map(({ name }) => name).join());

// 2. Later, anywhere: an agent with the same id and tools goes on as it was decided.
const pending = JSON.parse(readFileSync('pending.json', 'utf8'));
const decisions = Object.fromEntries(pending.tool_calls.map(({ id }: { id: string }) => [id, 'allow']));
const done = await newClerk().resume(pending, decisions);
console.log(done.stopReason, done.toolRuns?.map(({ content }) => content).join());

// 3. What must not come in does not.
const { stopReason, blockedBy } = await newClerk().respond({ content: 'My password is 1234.' });
console.log(stopReason, blockedBy?.reason);
