import { handoffTo, SimpleAgent } from '@pd/agents';
import { defineScenario, swarm } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { createStockTool } from './tools/stock.ts';
import { upTo } from './up-to.ts';

/** Whoever has the floor hands it over, by a tool. */
export const deskThatHandsOver: DemoScenario = {
  about: 'a front desk hands over, by tools, to whoever can help',
  topic: 'Please ask the store room: "query the stock of lamps".',
  scenario: defineScenario({
    name: 'swarm',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const storeroom = new SimpleAgent({
        id: 'storeroom',
        client,
        description: 'knows what is in stock',
        systemPrompt: 'You are the careful keeper of the store room. Look things up, do not guess.',
        tools: [createStockTool()],
      });
      const refunds = new SimpleAgent({ id: 'refunds', client, description: 'pays money back' });
      const front = new SimpleAgent({
        id: 'front',
        client,
        systemPrompt: 'You are the front desk. Hand over to whoever can help.',
        tools: [
          handoffTo(storeroom, {
            name: 'ask_store_room',
            description: 'For whoever wants to know what is in stock.',
          }),
          handoffTo(refunds, { name: 'pay_back', description: 'For whoever wants money back.' }),
        ],
      });
      return { pattern: swarm({ agents: [front, storeroom, refunds], stop: upTo(turns) }), task: topic };
    },
  }),
};
