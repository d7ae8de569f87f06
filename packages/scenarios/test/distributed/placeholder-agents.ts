import { BaseAgent } from '@pd/agents';

/** Agents as the coordinator knows them, which never answer themselves. */
class Elsewhere extends BaseAgent {
  protected override reply(): Promise<never> {
    throw new Error('this agent answers in a worker');
  }
}

/** The same agents as in `fixtures/agents.ts`. */
export const anna = new Elsewhere({ id: 'anna', role: 'assistant' });
export const bert = new Elsewhere({ id: 'bert', role: 'assistant' });
export const carl = new Elsewhere({ id: 'carl' });
