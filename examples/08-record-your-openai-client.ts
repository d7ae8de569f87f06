/** @pd/call-log around the OpenAI client that you have: every call is on disk before its promise settles. */
import { createCallLog, readTree, withAgent } from '@pd/call-log';
import { recordOpenAI } from '@pd/call-log/openai';
import { startOfflineServer } from '@pd/llm-client/offline';
import OpenAI from 'openai';

// A stand-in, not a language model. With a key: new OpenAI({ apiKey })
await using server = await startOfflineServer();
const log = createCallLog({ dir: 'logs' });
const openai = recordOpenAI(new OpenAI({ baseURL: server.url, apiKey: 'offline' }), { logger: log.logger });

const { journalPath } = await log.run({ name: 'bridges' }, async (run) => {
  const messages = [{ role: 'user' as const, content: 'How does a bridge stay up?' }];
  await withAgent({ id: 'engineer' }, () =>
    openai.chat.completions.create({ model: 'stand-in-1', messages }),
  );
  await withAgent({ id: 'poet' }, async () => {
    const stream = await openai.chat.completions.create({ model: 'stand-in-1', messages, stream: true });
    for await (const _ of stream) break;
  });
  return run;
});
await log.close();

for (const { id, calls } of (await readTree(journalPath)).agents)
  console.log(`${id}: ${calls.map(({ status, attempts }) => `${status}, ${attempts.length} attempt`)}`);
