import { type AgentReply, BaseAgent } from '@pd/agents';

/** A person or a program whose next line is known; asks no model. */
export class ScriptedSpeaker extends BaseAgent {
  readonly #line: string;

  constructor(id: string, role: string, line: string) {
    super({ id, role });
    this.#line = line;
  }

  protected override reply(): Promise<AgentReply> {
    return Promise.resolve({ content: this.#line });
  }
}
