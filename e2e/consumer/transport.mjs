// One call, recorded by a pino logger of one's own with the transport in its worker; prints as call-log.mjs does.
import { once } from 'node:events';
import { createRunId, toPinoLogger } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { pino } from 'pino';

const id = createRunId();
const server = await startOfflineServer();
const transport = pino.transport({
  target: '@pd/call-log/transport',
  options: { defaultRun: { id } },
});
const logger = toPinoLogger(pino(transport));
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, apiKey: 'none', logger });
const { text } = await client.chat({
  agent: { id: 'asker' },
  messages: [{ role: 'user', content: 'What floats?' }],
});
transport.end();
await once(transport, 'close');
await server.close();
console.log(JSON.stringify({ id, text }));
