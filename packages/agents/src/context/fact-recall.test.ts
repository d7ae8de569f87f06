import { createLLMClient } from '@pd/llm-client';
import { type OfflineServer, startOfflineServer } from '@pd/llm-client/offline';
import { createScriptedClient } from '@pd/llm-client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls } from '../../test/support.ts';
import { createFactRecall, createInMemoryStore, factTools, SimpleAgent } from '../index.ts';

let server: OfflineServer;
beforeAll(async () => {
  server = await startOfflineServer();
});
afterAll(() => server.close());

const scopes = { type: 'user', id: 'ada' } as const;
const realClient = () => createLLMClient({ model: 'stand-in-1', baseURL: server.url, retry: false });

describe('createFactRecall', () => {
  it('finds facts by their vectors, and those without one by their words', async () => {
    const memory = createInMemoryStore();
    const client = realClient();
    const facts = createFactRecall({ memory, client, scopes, embeddingModel: 'stand-in-1' });
    await facts.remember(['Ada likes herons.', 'The train leaves at nine.']);
    await memory.facts.put(scopes, { text: 'Herons sleep at noon.' });
    const found = await facts.find('herons that Ada likes');
    expect(found.map(({ text }) => text)).toEqual(['Ada likes herons.', 'Herons sleep at noon.']);
    expect(found[0]).toMatchObject({ dimensions: 384, metadata: { embedding_model: 'stand-in-1' } });
  });

  it('keeps and finds facts where there are no embeddings', async () => {
    const memory = createInMemoryStore();
    const client = createLLMClient({
      model: 'x',
      baseURL: 'http://127.0.0.1:1/v1',
      retry: false,
    });
    const facts = createFactRecall({ memory, client, scopes, embeddingModel: 'x' });
    await facts.remember('Ada likes herons.');
    expect(await facts.find('Herons?')).toMatchObject([{ text: 'Ada likes herons.' }]);
    expect(await facts.find(' ')).toEqual([]);
  });

  it('is at the hand of a model', async () => {
    const facts = createFactRecall({ memory: createInMemoryStore(), client: realClient(), scopes });
    const steps = [
      calls({ name: 'remember_fact', arguments: { fact: 'Ada likes owls.' } }),
      calls({ name: 'recall_facts', arguments: { about: 'owls' } }),
      calls({ name: 'remember_fact', arguments: { fact: 7 } }),
      'Done.',
    ];
    const agent = new SimpleAgent({ id: 'a', client: createScriptedClient(steps), tools: factTools(facts) });
    const { toolRuns = [] } = await agent.respond({ content: 'Go.' });
    expect(toolRuns.map(({ content }) => content)).toEqual([
      'kept',
      '["Ada likes owls."]',
      '{"error":"fact has to be a text"}',
    ]);
  });

  it.each([{ scopes: [] }, { limit: 0 }, { minimumScore: 2 }])('refuses %o', (wrong) => {
    const options = { memory: createInMemoryStore(), client: realClient(), scopes, ...wrong };
    expect(() => createFactRecall(options as typeof options & { scopes: typeof scopes })).toThrow();
  });
});
