// As call-log.mjs, in CommonJS.
const { createCallLog, createRunId } = require('@pd/call-log');
const { createLLMClient } = require('@pd/llm-client');
const { startOfflineServer } = require('@pd/llm-client/offline');

async function main() {
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
}

main();
