/** @pd/agents/memory/redis: the same memory for several machines. Argument: the URL of a Redis. */
import { MemoryStoreError } from '@pd/agents';
import { createRedisStore } from '@pd/agents/memory/redis';

const url = process.argv[2] ?? 'redis://127.0.0.1:6379';
const day = 24 * 60 * 60 * 1_000;

try {
  await using memory = await createRedisStore({ url, ttlMs: 30 * day, prefix: 'example:', timeoutMs: 1_000 });
  await memory.append('chat', { message: { role: 'user', content: 'Is anybody there?' }, agentId: 'user' });
  const { messages, version } = await memory.window('chat');
  console.log(`${messages.length} messages, version ${version}`);
} catch (error) {
  if (!(error instanceof MemoryStoreError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
