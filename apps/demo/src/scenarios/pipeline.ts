import { SimpleAgent } from '@pd/agents';
import { defineScenario, pipeline } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { upTo } from './up-to.ts';

/** The headline has to fit on a poster. */
const LONGEST_HEADLINE = 120;

/** Each works on what the one before has made; a check in code sends the last one's work back. */
export const textInStages: DemoScenario = {
  about: 'one drafts, one edits, one makes a headline that has to pass a check in code',
  topic: 'Announce the street festival in September.',
  scenario: defineScenario({
    name: 'pipeline',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const stage = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const pattern = pipeline([
        stage('drafter', 'You are a creative copywriter. Draft what you are asked for.'),
        stage('editor', 'You are a careful editor. Say the same in two sentences.'),
        {
          member: stage('headliner', 'You are a careful headline writer. Answer in one sentence.'),
          gate: ({ content }) =>
            content.length <= LONGEST_HEADLINE || `It has more than ${LONGEST_HEADLINE} characters.`,
        },
      ]);
      return { pattern, task: topic, stop: upTo(turns) };
    },
  }),
};
