import { SimpleAgent } from '@pd/agents';
import { debate, defineScenario } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { upTo } from './up-to.ts';

/** Two sides in rounds, and a judge who hears all of it. */
export const debateWithJudge: DemoScenario = {
  about: 'two sides argue for two rounds, then a judge decides',
  topic: 'Should the old bridge get a roof?',
  scenario: defineScenario({
    name: 'debate',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const side = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const debaters = [
        side('pro', 'You are a careful advocate. You are for it, and say why.'),
        side('con', 'You are a provocative opponent. You are against it, and say why.'),
      ];
      const judge = side('judge', 'You are a careful judge. Say who is right and why, in three sentences.');
      return { pattern: debate({ debaters, judge, stop: upTo(turns) }), task: topic };
    },
  }),
};
