/** @pd/llm-client: a streamed call, with every event of its life. */
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

// A stand-in, not a language model. With a key: createLLMClient({ model: 'openai/gpt-5.4-mini', apiKey })
await using server = await startOfflineServer();
const client = createLLMClient({
  model: 'stand-in-1',
  baseURL: server.url,
  logger: ({ type }) => console.error(type),
});

const stream = client.stream({ messages: [{ role: 'user', content: 'How does a bridge stay up?' }] });
for await (const part of stream) {
  if (part.type === 'text-delta') process.stdout.write(part.text);
}
const { usage, finishReason } = await stream.result();
console.log(`\n${finishReason}: ${usage.inputTokens} tokens in, ${usage.outputTokens} out`);
