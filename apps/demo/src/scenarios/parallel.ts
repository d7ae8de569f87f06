import { SimpleAgent } from '@pd/agents';
import { defineScenario, parallel } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { upTo } from './up-to.ts';

/** Three look at it at the same time; a fourth makes one answer of theirs. */
export const viewsInParallel: DemoScenario = {
  about: 'three experts answer at the same time, a chair joins what they say',
  topic: 'How should a town prepare for a very hot summer?',
  scenario: defineScenario({
    name: 'parallel',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const expert = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const members = [
        expert('doctor', 'You are a careful doctor. Speak about health.'),
        expert('gardener', 'You are an imaginative gardener. Speak about shade and water.'),
        expert('planner', 'You are a systematic town planner. Speak about streets and houses.'),
      ];
      const join = expert('chair', 'You are a careful chair. Join what was answered, in three sentences.');
      return { pattern: parallel({ members, join }), task: topic, stop: upTo(turns) };
    },
  }),
};
