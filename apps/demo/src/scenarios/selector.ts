import { RouterAgent, SimpleAgent } from '@pd/agents';
import { defineScenario, selector } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';

/** A model says who is next, within what is allowed. */
export const chosenSpeakers: DemoScenario = {
  about: 'a host, which is a model, chooses who speaks next, within rules',
  topic: 'Write a short note to the neighbours about the noise of the building site.',
  scenario: defineScenario({
    name: 'selector',
    input: talkInput,
    create: ({ client, input: { topic, turns = 5 } }) => {
      const writer = new SimpleAgent({
        id: 'writer',
        client,
        description: 'writes and rewrites the text',
        systemPrompt: 'You are a careful writer. Give the text, nothing else.',
      });
      const critic = new SimpleAgent({
        id: 'critic',
        client,
        description: 'says what is wrong with the text',
        systemPrompt: 'You are a rigorous critic. Name the weakest point of the text.',
      });
      const jester = new SimpleAgent({
        id: 'jester',
        client,
        description: 'has a surprising idea when the others are stuck',
        systemPrompt: 'You are a playful jester. Turn the text upside down.',
      });
      const agents = [writer, critic, jester];
      const chooser = new RouterAgent({ id: 'host', client, agents });
      // Whoever has found fault is answered by the writer.
      const transitions = { critic: ['writer'], jester: ['writer', 'critic'] };
      return { pattern: selector({ agents, chooser, transitions, maxTurns: turns }), task: topic };
    },
  }),
};
