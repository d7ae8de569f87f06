import { CriticAgent, ExecutorAgent, PlannerAgent } from '@pd/agents';
import { defineScenario, planExecuteReview } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { createCalculator } from './tools/calculator.ts';
import { createStockTool } from './tools/stock.ts';
import { upTo } from './up-to.ts';

/** A plan whose steps are done side by side where they can be, and judged. */
export const plannedWork: DemoScenario = {
  about: 'a planner makes a plan, two executors with tools do its steps, a critic judges',
  topic: 'Query the stock of "lamps", calculate 12 * 40, and say how many are missing.',
  scenario: defineScenario({
    name: 'plan',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const tools = [createCalculator(), createStockTool()];
      const executors = ['left', 'right'].map((id) => new ExecutorAgent({ id, client, tools }));
      const planner = new PlannerAgent({ id: 'planner', client, owners: executors, maxSteps: 4 });
      const critic = new CriticAgent({ id: 'critic', client, criteria: ['It names a number.'] });
      const pattern = planExecuteReview({ planner, executors, critic, maxRounds: 2 });
      return { pattern, task: topic, stop: upTo(turns) };
    },
  }),
};
