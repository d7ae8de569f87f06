/** @pd/agents: a router chooses who answers: a model with a prompt, a chaotic one, a person, or a function of your own. */
import { agentTool, ChaosAgent, defineAgent, HumanAgent, RouterAgent, SimpleAgent } from '@pd/agents';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';

await using server = await startOfflineServer();
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url });

const clock = defineAgent({ id: 'clock', description: 'tells the time', respond: () => 'It is noon.' });
const poet = new ChaosAgent({ id: 'poet', client, persona: 'poet', chaos: 0.8, seed: 7 });
// Without `ask` it is asked at the terminal.
const boss = new HumanAgent({
  id: 'boss',
  description: 'decides',
  ask: ({ content }) => `Yes to: ${content}`,
});

const router = new RouterAgent({ id: 'router', client, agents: [clock, poet, boss], fallback: 'boss' });
const { answeredBy, content } = await router.respond({ content: 'Let the boss decide: tea or coffee?' });
console.log(`${answeredBy}: ${content}`);

// An agent is a tool for another one.
const helper = new SimpleAgent({
  id: 'helper',
  client,
  tools: [agentTool(clock, { name: 'tell_time', description: 'Tells the time.' })],
});
const { content: answer, toolRuns } = await helper.respond({ content: 'Please tell me the time.' });
console.log(`${toolRuns?.map(({ name, result }) => `${name}: ${result}`)} / ${answer}`);
console.log(`poet: ${(await poet.respond({ content: 'What is a kettle?' })).content.length > 0}`);
