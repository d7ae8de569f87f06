import { type AgentReply, BaseAgent } from '@pd/agents';

/** A person or a program whose next line is known; asks no model. */
export class ScriptedSpeaker extends BaseAgent {
  readonly #line: string;

  constructor(id: string, line: string) {
    super({ id }, 'person');
    this.#line = line;
  }

  protected override reply(): Promise<AgentReply> {
    return Promise.resolve({ content: this.#line });
  }
}
