import { defineTool, SimpleAgent } from '@pd/agents';
import { defineScenario, pipeline } from '@pd/scenarios';
import { z } from 'zod';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { upTo } from './up-to.ts';

/** A tool that waits for a person, in another process if need be. */
export const refundWithApproval: DemoScenario = {
  about: 'a cashier may pay back only what a person allows: waits, and is resumed with the decision',
  topic: 'Please refund an amount of 120 for the broken lamp.',
  scenario: defineScenario({
    name: 'approval',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const cashier = new SimpleAgent({
        id: 'cashier',
        client,
        systemPrompt: 'You are a careful cashier.',
        tools: [
          defineTool({
            name: 'refund',
            description: 'Refunds an amount of money.',
            input: z.object({ amount: z.number() }),
            approval: 'ask',
            execute: ({ amount }, { idempotencyKey }) =>
              `refunded ${amount} under the number ${idempotencyKey.slice(-8)}`,
          }),
        ],
      });
      const clerk = new SimpleAgent({
        id: 'clerk',
        client,
        systemPrompt: 'You are a careful clerk. Write one sentence to the customer.',
      });
      return { pattern: pipeline([cashier, clerk]), task: topic, stop: upTo(turns) };
    },
  }),
};
