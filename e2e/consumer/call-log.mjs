// One call, recorded by createCallLog; prints the run's id and the reply.
import { createCallLog, createRunId } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

const id = createRunId();
const server = await startOfflineServer();
const log = createCallLog({ defaultRun: { id } });
const client = createLLMClient({
  model: 'stand-in-1',
  baseURL: server.url,
  apiKey: 'none',
  logger: log.logger,
});
const { text } = await client.chat({
  agent: { id: 'asker' },
  messages: [{ role: 'user', content: 'What floats?' }],
});
await log.close();
await server.close();
console.log(JSON.stringify({ id, text }));
