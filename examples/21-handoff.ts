/** @pd/agents: an agent hands the conversation over to another one; the edge is in the tree. */
import { handoffTo, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
const log = createCallLog({ dir: 'logs' });
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger: log.logger });

const money = new SimpleAgent({ id: 'money', client, description: 'pays money back' });
const front = new SimpleAgent({
  id: 'front',
  client,
  tools: [
    handoffTo(money, {
      name: 'pay_back',
      description: 'For whoever wants money back.',
      history: { last: 4 },
    }),
  ],
});

const path = await log.run({ name: 'desk' }, async (run) => {
  const reply = await front.respond({ content: 'Please pay back my money for the kettle.', from: 'user' });
  console.log(`answered by ${reply.answeredBy} in ${reply.steps} steps`);
  return run.journalPath;
});
await log.close();

const { messages } = await readTree(path);
for (const { from, to } of messages) console.log(`${from} → ${to}`);
