/** A worker of `distributed.ts`, as a process of its own: `ours` with agents that answer at once or ask a model, or `bullmq` bare. */
import { BaseAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { defineWorker, startWorker } from '@pd/scenarios/distributed';
import { Worker } from 'bullmq';
import { createClient } from 'redis';

const [way = '', redis = '', logDir = '', baseURL = '', lockMs = '30000'] = process.argv.slice(2);

if (way === 'bullmq') {
  const connection = await createClient({ url: redis }).connect();
  const worker = new Worker('bare', async ({ data }) => ({ content: data.message.content }), {
    connection,
    concurrency: 50,
  });
  await worker.waitUntilReady();
} else {
  const definition = defineWorker(({ logger }) => {
    const client = createLLMClient({ model: 'm', baseURL: baseURL || 'http://127.0.0.1:9', logger });
    class Answering extends BaseAgent {
      protected override async reply({ content }: { content: string }, { signal }: { signal?: AbortSignal }) {
        if (baseURL === '') return { content };
        const { text, callId } = await client.chat({ messages: [{ role: 'user', content }], signal });
        return { content: text, callId };
      }
    }
    return [new Answering({ id: 'answering' })];
  });
  await startWorker({ redis, logDir, agents: definition, concurrency: 50, lockMs: Number(lockMs) });
}
process.stdout.write('ready\n');
