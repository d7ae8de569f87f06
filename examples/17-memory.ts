/** @pd/agents: what a memory does: windows, pinned messages, summaries with their originals, search, facts. */
import { createInMemoryStore } from '@pd/agents';

await using memory = createInMemoryStore();
const session = 'walk in the park';
const says = (content: string) => ({ message: { role: 'user' as const, content } });

await memory.append(session, { message: { role: 'system', content: 'You know birds.' }, pinned: true });
await memory.append(session, [says('A heron stands in the pond.'), says('Two swans.'), says('It rains.')]);
const summary = await memory.replace(session, { from: 2, to: 3 }, says('Herons and swans were seen.'));
console.log(`the summary stands for ${summary.replaces?.length} messages`);

const { messages, version } = await memory.window(session, { messages: 2 });
console.log(messages.map(({ message }) => message.content).join(' / '));

// Whoever writes on the grounds of what they read says so; the second of two is refused.
await memory.append(session, says('Now the sun shines.'), { expectedVersion: version });
const late = memory.append(session, says('Now it snows.'), { expectedVersion: version });
console.log(await late.catch((error) => error.code));

const [found] = await memory.search('heron pond');
console.log(`found: ${found?.message.content} (replaced: ${found?.replacedBy === summary.id})`);

const anna = { type: 'user', id: 'anna' } as const;
await memory.facts.put(anna, [
  { text: 'Anna likes owls.', vector: [0.9, 0.1] }, // of an embedding model: client.embeddings()
  { text: 'Anna lives in Bern.', vector: [0.1, 0.9] },
]);
const [byWords] = await memory.facts.searchByWords(anna, 'Where does she live? In Bern?');
const [byVector] = await memory.facts.searchByVector(anna, [1, 0]);
console.log(byWords?.text, byVector?.text);
