/** @pd/scenarios: patterns in which agents talk, one within another, and why they ended. */
import { CriticAgent, handoffTo, RouterAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { debate, groupChat, maxTurns, runPattern, selector, swarm, textMention } from '@pd/scenarios';

await using server = await startOfflineServer();
const log = createCallLog({ dir: 'logs' });
const { logger } = log;
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
const agent = (id: string, systemPrompt = `You are ${id}.`) => new SimpleAgent({ id, client, systemPrompt });

const path = await log.run({ name: 'patterns' }, async (run) => {
  // Everybody hears everything. A debate, with its verdict, is one voice among others.
  const judge = new CriticAgent({ id: 'judge', client, criteria: ['Both sides were heard.'] });
  const sides = debate({ debaters: [agent('pro'), agent('con')], judge, rounds: 1, parallel: true });
  const chat = groupChat({ agents: [agent('ada'), sides, agent('ben')], maxTurns: 3 });
  const talked = await runPattern(chat, 'Should the bridge have a roof?', { logger });
  console.log(`${talked.reason}: ${talked.turns} turns, the last word has ${talked.from}`);

  // A model says who is next, within the rules.
  const agents = [agent('writer'), agent('critic'), agent('editor')];
  const chooser = new RouterAgent({ id: 'host', client, agents });
  const transitions = { writer: ['critic'], critic: ['writer', 'editor'], editor: [] };
  const stop = textMention('APPROVED').or(maxTurns(4));
  const chosen = await runPattern(selector({ agents, chooser, transitions, stop }), 'Write about a bridge.', {
    logger,
  });
  console.log(`${chosen.reason}: ${chosen.from}`);

  // Whoever has the floor says itself who goes on.
  const money = new SimpleAgent({ id: 'money', client, description: 'pays money back' });
  const tools = [handoffTo(money, { name: 'pay_back', description: 'For whoever wants money back.' })];
  const front = new SimpleAgent({ id: 'front', client, tools });
  const desk = swarm({ agents: [front, money] });
  const paid = await runPattern(desk, 'Please pay back my money for the kettle.', { logger });
  console.log(`${paid.reason}: answered by ${paid.from}`);
  return run.journalPath;
});
await log.close();

const { messages } = await readTree(path);
console.log(
  `${messages.filter(({ status }) => status === 'handled').length} of ${messages.length} messages handled`,
);
