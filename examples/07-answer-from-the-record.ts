/** A recorded run answers the same program again: no server, no key, no cost. */
import { createCallLog } from '@pd/call-log';
import { createLLMClient, type LLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

const program = (client: LLMClient) =>
  client.chat({ agent: { id: 'asker' }, messages: [{ role: 'user', content: 'Name a colour of the sea.' }] });

const server = await startOfflineServer();
const log = createCallLog({ dir: 'logs' });
const options = { model: 'stand-in-1', baseURL: server.url };
const { journalPath, answer } = await log.run({}, async (run) => ({
  journalPath: run.journalPath,
  answer: await program(createLLMClient({ ...options, logger: log.logger })),
}));
await log.close();
await server.close();

const again = await program(createLLMClient({ ...options, replay: journalPath }));
console.log(again.text === answer.text ? 'the same answer, from the record' : 'another answer?');
