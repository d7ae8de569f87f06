/** @pd/llm-client: an object that fits a zod schema, and tools that are defined by one. */
import { createLLMClient, defineTool, parseToolCalls, toolResult } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';

// A stand-in, not a language model. With a key: createLLMClient({ model: 'openai/gpt-5.4-mini', apiKey })
await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });

const plan = await client.generateObject({
  messages: [{ role: 'user', content: 'Plan a small garden.' }],
  schema: z.object({ title: z.string(), steps: z.array(z.string()).min(2), weeks: z.int().min(1).max(9) }),
});
if (plan.ok) console.log(`${plan.object.steps.length} steps in ${plan.object.weeks} weeks`);
else console.log(`no plan (${plan.reason}): ${plan.text}`);

const weather = defineTool({
  name: 'weather',
  description: 'Tells the weather of a city.',
  input: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, sky: 'clear' }),
});
const question = { role: 'user' as const, content: 'What is the weather in Bern?' };
const asked = await client.chat({ messages: [question], tools: [weather] });
const calls = await parseToolCalls(asked, [weather]);
const results = calls.map((each) =>
  // What the model got wrong is told to the model.
  toolResult(each.call, each.ok ? each.tool.execute(each.input, {}) : { error: each.issues }),
);
const answer = await client.chat({ messages: [question, asked.message, ...results], tools: [weather] });
console.log(answer.text);
