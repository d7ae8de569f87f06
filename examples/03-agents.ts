/** @pd/agents: two agents of ours and one of your own, which takes one method. */
import { type AgentReply, BaseAgent, ChaosAgent, type IncomingMessage, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

class Shouter extends BaseAgent {
  protected override async reply({ content }: IncomingMessage): Promise<AgentReply> {
    return { content: content.toUpperCase() };
  }
}

await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });
const agents = [
  new SimpleAgent({ id: 'simple', client, systemPrompt: 'Answer in two sentences.' }),
  new ChaosAgent({ id: 'chaos', client }),
  new Shouter({ id: 'shouter' }),
];

for (const agent of agents) {
  const { content } = await agent.respond({ content: 'How should a library celebrate its birthday?' });
  console.log(`${agent.name} (${agent.role}): ${content}\n`);
}
