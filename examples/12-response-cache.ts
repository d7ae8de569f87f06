/** The same request twice: the second is answered from a file, costs nothing and is on record all the same. */
import { createLLMClient } from '@pd/llm-client';
import { createSqliteCache } from '@pd/llm-client/cache/sqlite';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
using cache = createSqliteCache({ path: 'replies.db', ttlMs: 24 * 60 * 60 * 1000 });
const client = createLLMClient({
  model: 'stand-in-1',
  baseURL: server.url,
  cache,
  prices: { 'custom/stand-in-1': { input: 2, output: 10 } },
});

const messages = [{ role: 'user' as const, content: 'Name a bird of the sea.' }];
const asked = await client.chat({ messages });
const again = await client.stream({ messages }).result();
console.log(again.text === asked.text ? 'the same answer' : 'another answer?');
console.log(`requests: ${server.totals.requests}, cached: ${again.cached}, cost: $${again.costUsd}`);
