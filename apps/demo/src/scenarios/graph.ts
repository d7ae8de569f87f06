import { CriticAgent, SimpleAgent } from '@pd/agents';
import { defineScenario, graph } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';
import { upTo } from './up-to.ts';

/** What the graph knows besides what was said. */
interface State {
  draft: string;
  /** Whether the critic lets it pass. */
  passed: boolean;
}

/** Two research at once, one writes when both are there, and a loop through the critic ends by a condition. */
export const graphWithLoop: DemoScenario = {
  about: 'two research side by side, a writer and a critic loop until it passes, one publishes',
  topic: 'How do bees find their way home?',
  scenario: defineScenario({
    name: 'graph',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => {
      const member = (id: string, systemPrompt: string) => new SimpleAgent({ id, client, systemPrompt });
      const critic = new CriticAgent({
        id: 'critic',
        client,
        criteria: ['It can be understood by a child.'],
      });
      const pattern = graph<State>({
        state: { draft: '', passed: false },
        start: 'question',
        nodes: {
          question: () => undefined,
          biologist: member('biologist', 'You are a precise biologist.'),
          storyteller: member('storyteller', 'You are an imaginative storyteller.'),
          writer: {
            member: member('writer', 'You are a careful writer. Answer in two sentences.'),
            keep: ({ content }) => ({ draft: content }),
          },
          critic: {
            member: critic,
            say: ({ state }) => `Goal: ${topic}\n\nWork:\n${state.draft}`,
            keep: ({ reply }) => ({ passed: Object(reply.object).passed === true }),
          },
          publisher: {
            member: member('publisher', 'You are a careful publisher. Announce it in one sentence.'),
            say: ({ state }) => state.draft,
          },
        },
        edges: [
          { from: 'question', to: 'biologist' },
          { from: 'question', to: 'storyteller' },
          { from: ['biologist', 'storyteller'], to: 'writer' },
          { from: 'writer', to: 'critic' },
          { from: 'critic', to: 'writer', when: ({ passed }) => !passed, maxTimes: 2 },
          { from: 'critic', to: 'publisher', when: ({ passed }) => passed },
        ],
        result: ({ draft }) => draft,
      });
      return { pattern, task: topic, stop: upTo(turns) };
    },
  }),
};
