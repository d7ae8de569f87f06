/** @pd/agents: a conversation that goes on in another process, is summed up when it is long, and facts from before. */
import { createFactRecall, SimpleAgent } from '@pd/agents';
import { createSQLiteStore } from '@pd/agents/memory/sqlite';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });

// 1. One lifetime: what is said is kept under the session's name, and a fact beyond it.
{
  await using memory = await createSQLiteStore({ path: 'talk.sqlite' });
  const guide = new SimpleAgent({ id: 'guide', client, memory, session: 'ada' });
  await guide.respond({ content: 'I am Ada, and I saw a heron at the lake.', from: 'ada' });
  const facts = createFactRecall({ memory, client, scopes: { type: 'user', id: 'ada' } });
  await facts.remember('Ada likes herons.');
}

// 2. Another one goes on. Its window is small, so that the model sums up what is old.
await using memory = await createSQLiteStore({ path: 'talk.sqlite' });
const facts = createFactRecall({
  memory,
  client,
  scopes: { type: 'user', id: 'ada' },
  embeddingModel: 'stand-in-1',
});
const guide = new SimpleAgent({
  id: 'guide',
  client,
  memory,
  session: 'ada',
  context: { maxTokens: 300, facts },
});
console.log(`goes on after ${(await memory.session('ada'))?.messages} messages`);
for (let day = 1; day <= 8; day++)
  await guide.respond({
    content: `Day ${day}: what do herons do in the rain? ${'It rains. '.repeat(10)}`,
    from: 'ada',
  });
const kept = await memory.read('ada');
const all = await memory.read('ada', { replaced: true });
console.log(`a summary stands for messages: ${kept.some(({ replaces }) => replaces !== undefined)}`);
console.log(`messages that were said: ${all.filter(({ replaces }) => replaces === undefined).length}`);
console.log((await facts.find('Which birds does Ada like? Herons?')).map(({ text }) => text).join());
