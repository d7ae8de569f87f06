/** @pd/agents/memory/sqlite: a conversation in one file. Run it twice: it goes on where it ended. */
import { createSQLiteStore } from '@pd/agents/memory/sqlite';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });
await using memory = await createSQLiteStore({ path: 'memory.db' });

const before = await memory.session('chat');
console.log(before ? `${before.messages} messages since ${before.createdAt}` : 'nothing was said before');

const question = { role: 'user' as const, content: 'What could a bus stop be?' };
await memory.append('chat', { message: question, agentId: 'user' });
const { messages } = await memory.window('chat', { tokens: 2_000 });
const reply = await client.chat({ messages: messages.map(({ message }) => message) });
const { version } = await memory.append('chat', {
  message: { role: 'assistant', content: reply.text },
  agentId: 'simple',
});
console.log(`sent ${messages.length} messages; the session is at version ${version}`);
