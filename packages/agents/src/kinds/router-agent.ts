import { type Issue, LLMClientError, type StandardSchema } from '@pd/llm-client';
import type { Agent, AgentPart, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { type Asking, askAgent, streamAgent } from '../ask-agent.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { Spent } from '../loop/spent.ts';
import type { ModelAgentOptions } from './model-agent.ts';
import { ObjectAgent } from './object-agent.ts';

export interface RouterAgentOptions extends ModelAgentOptions {
  /** Whom it chooses from. */
  agents: readonly Agent[];
  /** Id of the agent who is next when the model does not say. Default: the first. */
  fallback?: string;
  /** Said to the model besides who there is. */
  systemPrompt?: string;
}

/** Who is next. */
export interface Route {
  agent: Agent;
  /** Why, as the model says; with `fallback` why the model did not choose. */
  reason: string;
  by: 'model' | 'fallback';
  /** The last call that was made to choose; absent when there is none. */
  callId?: string;
  reply?: AgentReply;
}

interface Choice {
  reason: string;
  next: string;
}

const PROMPT = 'You choose who is to answer the message. Do not answer it yourself.';

/** Chooses who is next among agents, and, asked for an answer, has that agent give it. */
export class RouterAgent extends ObjectAgent {
  readonly agents: readonly Agent[];
  readonly #fallback: Agent;

  /** @throws {InvalidAgentError} without agents, with two of one id, or with a fallback that is none of them */
  constructor({ agents, fallback, systemPrompt, ...options }: RouterAgentOptions) {
    super(options, 'router', [PROMPT, whoThereIs(agents), systemPrompt]);
    if (new Set(agents.map(({ id }) => id)).size < agents.length)
      throw new InvalidAgentError(`the agents of the router ${this.id} have to have different ids`);
    const last = fallback === undefined ? agents[0] : agents.find(({ id }) => id === fallback);
    if (last === undefined)
      throw new InvalidAgentError(
        agents.length === 0
          ? `the router ${this.id} needs agents to choose from`
          : `the fallback ${fallback} is none of the agents of the router ${this.id}`,
      );
    this.agents = agents;
    this.#fallback = last;
  }

  /**
   * Chooses who is to answer a message. Whatever the model or its provider does, there is somebody.
   *
   * @throws {HookError | GuardrailError}; the signal's reason after an abort
   */
  async route(message: IncomingMessage, options: RespondOptions = {}): Promise<Route> {
    return this.#choose(async () => this.generateObject(message, await this.#request(), options));
  }

  /** Has the agent that is chosen answer. Its reply says who that was (`answeredBy`). */
  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    const route = await this.#next(message, options);
    if (isStopped(route)) return route.reply;
    return answered(route, await askAgent(route.agent, message, this.#asking(route, options)));
  }

  protected override async *streamReply(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const route = await this.#next(message, options);
    if (isStopped(route)) return route.reply;
    return answered(route, yield* streamAgent(route.agent, message, this.#asking(route, options)));
  }

  #next(message: IncomingMessage, options: RespondOptions): Promise<Route> {
    return this.#choose(async () => this.askForObject(message, await this.#request(), options));
  }

  #asking({ callId }: Route, { signal }: RespondOptions): Asking {
    return { from: this.id, callId, record: this.client.record, signal };
  }

  async #choose(
    ask: () => Promise<
      | { ok: true; object: Choice; reply: AgentReply }
      | { ok: false; issues: readonly Issue[]; reply: AgentReply }
    >,
  ): Promise<Route> {
    // With one there is nothing to choose, and nothing to pay.
    if (this.agents.length === 1)
      return { agent: this.#fallback, reason: 'there is nobody else', by: 'fallback' };
    try {
      const made = await ask();
      const { reply } = made;
      const called = { reply, ...(reply.callId !== undefined && { callId: reply.callId }) };
      const chosen = made.ok ? this.agents.find(({ id }) => id === made.object.next) : undefined;
      if (made.ok && chosen !== undefined)
        return { agent: chosen, reason: made.object.reason, by: 'model', ...called };
      return {
        agent: this.#fallback,
        reason: `the choice ended with ${reply.stopReason}`,
        by: 'fallback',
        ...called,
      };
    } catch (error) {
      if (!LLMClientError.isInstance(error)) throw error;
      const called = error.callId === undefined ? {} : { callId: error.callId };
      return {
        agent: this.#fallback,
        reason: `the choice failed: ${error.message}`,
        by: 'fallback',
        ...called,
      };
    }
  }

  async #request(): Promise<{ schema: StandardSchema<unknown, Choice>; name: string }> {
    const { z } = await import('zod');
    const ids = this.agents.map(({ id }) => id);
    return { schema: z.object({ reason: z.string(), next: z.enum(ids) }), name: 'route' };
  }
}

/** What a guardrail stops reaches nobody. */
function isStopped(route: Route): route is Route & { reply: AgentReply } {
  return route.reply?.stopReason === 'blocked';
}

/** The reply, with what it took to choose. */
function answered({ agent, reply: choosing }: Route, reply: AgentReply): AgentReply {
  const spent = new Spent();
  for (const part of [choosing, reply]) if (part !== undefined) spent.add(part);
  const { usage, costUsd } = spent;
  return { ...reply, ...(usage !== undefined && { usage, costUsd }), answeredBy: agent.id };
}

function whoThereIs(agents: readonly Agent[]): string {
  return `There are:\n${agents.map(({ id, name, role, description }) => `- ${id} (${name}): ${description ?? role}`).join('\n')}`;
}
