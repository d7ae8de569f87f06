// As transport.mjs, in CommonJS.
const { once } = require('node:events');
const { createRunId, toPinoLogger } = require('@pd/call-log');
const { createLLMClient } = require('@pd/llm-client');
const { startOfflineServer } = require('@pd/llm-client/offline');
const { pino } = require('pino');

async function main() {
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
}

main();
