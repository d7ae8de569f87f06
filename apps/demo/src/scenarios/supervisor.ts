import { SimpleAgent, SupervisorAgent } from '@pd/agents';
import { defineScenario, supervisor } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { createCalculator } from './tools/calculator.ts';
import { createStockTool } from './tools/stock.ts';
import { upTo } from './up-to.ts';

/** One gives tasks to workers who have tools, and says when it is done. */
export const supervisedWorkers: DemoScenario = {
  about: 'a supervisor gives tasks to two workers with tools, until it has the answer',
  topic: 'Query the stock of "lamps" and calculate 12 * 40.',
  scenario: defineScenario({
    name: 'supervisor',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const workers = [
        new SimpleAgent({
          id: 'storekeeper',
          client,
          description: 'looks up what is in stock',
          systemPrompt: 'You are a careful storekeeper. Look things up, do not guess.',
          tools: [createStockTool()],
        }),
        new SimpleAgent({
          id: 'accountant',
          client,
          description: 'calculates',
          systemPrompt: 'You are an accurate accountant. Use the calculator.',
          tools: [createCalculator()],
        }),
      ];
      const boss = new SupervisorAgent({ id: 'boss', client, workers });
      return {
        pattern: supervisor({ supervisor: boss, workers, maxRounds: 2 }),
        task: topic,
        stop: upTo(turns),
      };
    },
  }),
};
