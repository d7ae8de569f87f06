import type { StandardSchema } from '@pd/llm-client';
import type { Agent, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import type { ModelAgentOptions } from './model-agent.ts';
import { ObjectAgent } from './object-agent.ts';

export interface SupervisorAgentOptions extends ModelAgentOptions {
  /** Who works for it: agents, or what is known of them. */
  workers: readonly Pick<Agent, 'id' | 'role' | 'description'>[];
  /** Said to the model besides the task of supervising. */
  systemPrompt?: string;
}

/** What a supervisor wants: work to be done, or, with no tasks, nothing more than to answer. */
export interface Instructions {
  /** What is to be done now; all of it can be done at the same time. */
  tasks: readonly { worker: string; task: string }[];
  /** The answer to the goal, when there are no tasks. */
  answer: string;
}

const PROMPT = [
  'You supervise workers. Give them tasks, several at once where one does not need the result of the other, and look at what they answer.',
  'They know only what is in their task. When the goal is reached, give no tasks but the answer.',
].join(' ');

/**
 * Says who is to do what next, or that the goal is reached. Each answer is made from its system prompt, the conversation
 * that it is shown (`history`) and the message.
 */
export class SupervisorAgent extends ObjectAgent {
  readonly #workers: readonly string[];

  /** @throws {InvalidAgentError} without workers, or with two of one id */
  constructor({ workers, systemPrompt, ...options }: SupervisorAgentOptions) {
    super(options, 'supervisor', [PROMPT, whoThereIs(workers), systemPrompt]);
    this.#workers = workers.map(({ id }) => id);
    if (workers.length === 0 || new Set(this.#workers).size < workers.length)
      throw new InvalidAgentError(`the supervisor ${this.id} needs workers, each with an id of its own`);
  }

  /** Answers with the instructions as JSON. */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    const made = await this.askForObject(message, await this.#request(), options);
    return made.ok ? { ...made.reply, object: made.object } : made.reply;
  }

  async #request(): Promise<{ schema: StandardSchema<unknown, Instructions>; name: string }> {
    const { z } = await import('zod');
    const task = z.object({ worker: z.enum(this.#workers), task: z.string().min(1) });
    const schema = z
      .object({
        tasks: z.array(task).describe('What is to be done now; empty when the goal is reached.'),
        answer: z.string().describe('The answer to the goal; empty as long as there are tasks.'),
      })
      .refine(({ tasks, answer }) => tasks.length > 0 || answer.trim() !== '', {
        message: 'give tasks, or the answer',
      });
    return { schema, name: 'instructions' };
  }
}

function whoThereIs(workers: SupervisorAgentOptions['workers']): string {
  return `There are:\n${workers.map(({ id, role, description }) => `- ${id}: ${description ?? role}`).join('\n')}`;
}
