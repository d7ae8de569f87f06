/** @pd/llm-client/testing: what an agent asks is expected, what it gets is scripted, and the server can be as bad as it likes. */
import { SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { createScriptedClient, startTestServer } from '@pd/llm-client/testing';

// 1. A script. A call that no step expects fails, and so does a step that nobody asks for.
await using client = createScriptedClient([
  { agent: 'guide', expect: { system: /brief/, lastMessage: 'Where is north?' }, reply: 'Up.' },
]);
const guide = new SimpleAgent({ id: 'guide', client, systemPrompt: 'Be brief.' });
const reply = await guide.respond({ from: 'user', content: 'Where is north?' });
console.log(`${reply.content} (${client.calls.length} call)`);

// 2. A real server that is busy, then breaks off, then answers.
await using server = await startTestServer({
  answers: [
    { faults: [{ type: 'rate_limit', retryAfter: { form: 'milliseconds', ms: 20 } }] },
    { faults: [{ type: 'cut', afterBytes: 100, by: 'reset' }] },
    { text: 'Still up.' },
  ],
});
const real = createLLMClient({ model: 'm', baseURL: server.url, retry: { baseDelayMs: 1 } });
const { text, attempts } = await real.chat({ messages: [{ role: 'user', content: 'Where is north?' }] });
console.log(`${text} (${attempts} attempts, ${server.requests.length} requests)`);
