/** @pd/scenarios: ways of working together, one within the other. Offline, and on record. */
import { CriticAgent, defineAgent, ExecutorAgent, HumanAgent, PlannerAgent, SimpleAgent } from '@pd/agents';
import { createCallLog, readTree } from '@pd/call-log';
import { createLLMClient } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { graph, parallel, pipeline, planExecuteReview, runPattern } from '@pd/scenarios';

// A stand-in, not a language model; its seed decides how the steps of the plan go. With a key: createLLMClient({ model: 'openai/gpt-5.4-mini', apiKey, logger })
await using server = await startOfflineServer({ seed: 10 });
await using log = createCallLog({ dir: 'logs' });
const { logger } = log;
const client = createLLMClient({ model: 'stand-in-1', baseURL: server.url, logger });
const agent = (id: string) => new SimpleAgent({ id, client });

// One drafts; two look at it at the same time, and a third makes one text of what they say; a check in code has to pass.
const text = pipeline([
  agent('draft'),
  parallel({ members: [agent('history'), agent('figures')], join: agent('editor') }),
  { member: agent('polish'), gate: ({ content }) => content.length < 5_000 || 'Make it shorter.' },
]);

// A plan whose steps are done by whom it names, side by side where they can be, and judged.
const executors = ['left', 'right'].map((id) => new ExecutorAgent({ id, client }));
const planner = new PlannerAgent({ id: 'planner', client, owners: executors, maxSteps: 4 });
const critic = new CriticAgent({ id: 'critic', client, criteria: ['It names figures.'] });
const person = new HumanAgent({ id: 'ann', ask: () => 'Do as you think best.' });
const project = planExecuteReview({ planner, executors, critic, person, maxRounds: 2 });

// Anything else is a graph: counts to three, then leaves the loop.
const counter = defineAgent({ id: 'counter', respond: ({ content }) => `${Number(content) + 1}` });
const loop = graph<{ rounds: number }>({
  nodes: {
    count: { member: counter, keep: (_, { rounds }) => ({ rounds: rounds + 1 }) },
    done: ({ state }) => ({ rounds: state.rounds }),
  },
  edges: [
    { from: 'count', to: 'count', when: ({ rounds }) => rounds < 3 },
    { from: 'count', to: 'done', when: ({ rounds }) => rounds >= 3 },
  ],
  start: 'count',
  state: { rounds: 0 },
});

const run = await log.run({ name: 'patterns of work' }, async (begun) => {
  const written = await runPattern(text, 'Write about bridges.', { logger });
  console.log(`pipeline: ${written.reason}, ${written.turns} turns, from ${written.from}`);
  const planned = await runPattern(project, 'Plan a bridge.', { logger });
  console.log(`planExecuteReview: ${planned.reason}`);
  const counted = await runPattern(loop, '0', { logger });
  console.log(`graph: ${counted.content}, ${counted.detail}`);
  return begun;
});
const { messages } = await readTree(run.journalPath);
console.log(`every message has ended: ${messages.every(({ status }) => status === 'handled')}`);
