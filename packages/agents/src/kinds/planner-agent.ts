import type { Issue } from '@pd/llm-client';
import type { Agent, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import type { AgentObject } from '../loop/make-object.ts';
import type { Plan } from '../plan/plan.ts';
import { createPlanSchema } from '../plan/plan-schema.ts';
import type { ModelAgentOptions } from './model-agent.ts';
import { ObjectAgent } from './object-agent.ts';

export interface PlannerAgentOptions extends ModelAgentOptions {
  /** Who can do steps: agents, or what is known of them. Default: steps have no owner. */
  owners?: readonly Pick<Agent, 'id' | 'role' | 'description'>[];
  /** Default: 20. */
  maxSteps?: number;
  /** Said to the model besides the task of making a plan. */
  systemPrompt?: string;
}

/** A plan, or why there is none. */
export type PlanResult =
  | { ok: true; plan: Plan; reply: AgentReply }
  | { ok: false; issues: readonly Issue[]; reply: AgentReply };

const PROMPT = [
  'You are a planner. Turn the goal into a plan: few steps, each of which one person can do and check.',
  'Say which steps have to be done before, and make independent of each other what can be.',
].join(' ');

/**
 * Turns a goal into a plan that can be carried out: its steps have ids, what they depend on exists and is no circle, and
 * their owners exist. A plan that is none is told to the model, and then data.
 */
export class PlannerAgent extends ObjectAgent {
  readonly #owners: readonly string[];
  readonly #maxSteps: number;

  /** @throws {InvalidAgentError} when two owners have one id, or `maxSteps` is no positive whole number */
  constructor({ owners = [], maxSteps = 20, systemPrompt, ...options }: PlannerAgentOptions) {
    super(options, 'planner', [PROMPT, ownersPrompt(owners), systemPrompt]);
    this.#owners = owners.map(({ id }) => id);
    this.#maxSteps = maxSteps;
    if (new Set(this.#owners).size < owners.length)
      throw new InvalidAgentError(`the owners of the planner ${this.id} have to have different ids`);
    if (!Number.isInteger(maxSteps) || maxSteps < 1)
      throw new InvalidAgentError(`maxSteps must be a positive whole number, got ${String(maxSteps)}`);
  }

  /** @throws what `respond()` throws; a plan that cannot be made is data */
  async plan(goal: string | IncomingMessage, options: RespondOptions = {}): Promise<PlanResult> {
    const message = typeof goal === 'string' ? { content: goal } : goal;
    return toResult(await this.generateObject(message, await this.#request(), options));
  }

  /** Answers with the plan as JSON. */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    const made = await this.askForObject(message, await this.#request(), options);
    return made.ok ? { ...made.reply, object: made.object } : made.reply;
  }

  async #request() {
    const schema = await createPlanSchema(this.#owners, this.#maxSteps);
    return { schema, name: 'plan', description: 'How the goal is to be reached.' };
  }
}

function toResult(made: AgentObject<Plan>): PlanResult {
  const { reply } = made;
  return made.ok ? { ok: true, plan: made.object, reply } : { ok: false, issues: made.issues, reply };
}

function ownersPrompt(owners: readonly Pick<Agent, 'id' | 'role' | 'description'>[]): string {
  if (owners.length === 0) return '';
  const each = owners.map(({ id, role, description }) => `- ${id}: ${description ?? role}`);
  return `Each step has one owner. There are:\n${each.join('\n')}`;
}
