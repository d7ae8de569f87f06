import { SimpleAgent } from '@pd/agents';
import { defineScenario, roundRobin } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';

/** Everybody in turn, each with the whole conversation before its eyes. */
export const roundOfThree: DemoScenario = {
  about: 'three speak in turn, each knowing all that was said',
  topic: 'How could a small library bring more people in?',
  scenario: defineScenario({
    name: 'round-robin',
    input: talkInput,
    create: ({ client, input: { topic, turns = 6 } }) => {
      const speaker = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const agents = [
        speaker('librarian', 'You are a careful librarian. You know what readers ask for.'),
        speaker('poet', 'You are a playful poet who surprises people.'),
        speaker('treasurer', 'You are the careful treasurer. You ask what it takes and who does it.'),
      ];
      return { pattern: roundRobin({ agents, maxTurns: turns }), task: topic };
    },
  }),
};
