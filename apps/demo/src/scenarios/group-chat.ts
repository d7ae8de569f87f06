import { SimpleAgent } from '@pd/agents';
import { defineScenario, groupChat } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';

/** Everybody hears everything; chance says who is next, the same with the same seed. */
export const chatOfNeighbours: DemoScenario = {
  about: 'four neighbours, everybody hears everything, chance (by the seed) says who is next',
  topic: 'What should become of the empty shop on our street?',
  scenario: defineScenario({
    name: 'group-chat',
    input: talkInput,
    create: ({ client, input: { topic, turns = 6 } }) => {
      const neighbour = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const agents = [
        neighbour('ada', 'You are Ada, a careful engineer who likes small steps.'),
        neighbour('ben', 'You are Ben, a creative cook with wild ideas.'),
        neighbour('cleo', 'You are Cleo, a pragmatic teacher. You think of the children.'),
        neighbour('dan', 'You are Dan, a playful musician.'),
      ];
      return { pattern: groupChat({ agents, next: 'random', maxTurns: turns }), task: topic };
    },
  }),
};
