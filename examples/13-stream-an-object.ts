/** @pd/llm-client: an object that is shown while the model writes it, and validated when it is whole. */
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { z } from 'zod';

// A stand-in, not a language model. With a key: createLLMClient({ model: 'openai/gpt-5.4-mini', apiKey })
await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });

const stream = client.streamObject({
  messages: [{ role: 'user', content: 'Plan a small garden.' }],
  schema: z.object({ steps: z.array(z.string()).min(2), title: z.string(), weeks: z.int().min(1).max(9) }),
});
let shown = 0;
for await (const { steps = [] } of stream) {
  if (steps.length > shown) console.log(`${steps.length} steps so far`);
  shown = steps.length;
}

const plan = await stream.result();
if (plan.ok) console.log(`"${plan.object.title}" takes ${plan.object.weeks} weeks`);
else console.log(`no plan (${plan.reason}): ${plan.text}`);
