import { ChaosAgent, type MemoryStore, SimpleAgent } from '@pd/agents';
import type { LLMClient } from '@pd/llm-client';
import { defineScenario, exchange } from '@pd/scenarios';
import { type DemoScenario, talkInput } from './demo-scenario.ts';

const PRAGMATIST_PROMPT =
  'You are a careful, practical thinker. Weigh what was said, keep what holds, and turn it into a next step. Answer in two to four sentences.';

/**
 * The two who talk.
 *
 * @param keptFor where an agent keeps what was said, by its id. Default: the careful one in this process, the wild one nowhere
 */
export function castExchange(
  client: LLMClient,
  keptFor?: (id: string) => { memory: MemoryStore; session: string } | undefined,
): readonly [SimpleAgent, ChaosAgent] {
  return [
    new SimpleAgent({
      id: 'simple',
      name: 'Simple',
      client,
      systemPrompt: PRAGMATIST_PROMPT,
      ...keptFor?.('simple'),
    }),
    new ChaosAgent({ id: 'chaos', name: 'Chaos', client, ...keptFor?.('chaos') }),
  ];
}

/** The demo without any flags. */
export const exchangeOfTwo: DemoScenario = {
  about: 'two agents talk, one careful, one wild (the default)',
  topic: 'How could a city become quieter without becoming boring?',
  scenario: defineScenario({
    name: 'exchange',
    input: talkInput,
    create: ({ client, input: { topic, turns } }) => ({
      pattern: exchange({ agents: castExchange(client), maxTurns: turns }),
      task: topic,
    }),
  }),
};
