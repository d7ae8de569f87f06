import {
  type Agent,
  type AgentReply,
  type Decision,
  type IncomingMessage,
  type PendingApproval,
  toUserMessage,
} from '@pd/agents';
import type { JsonValue } from '@pd/call-log/schema';
import type { ChatMessageParam } from '@pd/llm-client';
import type { AgentRunner, RunnerOptions } from '../agent-runner.ts';
import { Suspension } from '../coordinator/suspension.ts';
import type { ScenarioRecord } from './scenario-record.ts';

/** What people have said since a scenario began to wait for them. */
export interface PeopleSay {
  /** Decisions about tool calls, by the id of the tool call. */
  decisions?: Readonly<{ [toolCallId: string]: Decision }> | undefined;
  /** Answers of people, by the id of the agent that stands for them. */
  answers?: Readonly<{ [agentId: string]: string }> | undefined;
}

/** Has an agent answer so that the answer is the same when the scenario is resumed, or can be waited for. */
export class Answering {
  readonly #runner: AgentRunner;
  readonly #record: ScenarioRecord;
  readonly #decisions: NonNullable<PeopleSay['decisions']>;
  readonly #answers: Map<string, string>;
  /** What agents that remember would remember if they answered here; those that answer elsewhere are shown it. */
  readonly #threads = new Map<string, readonly ChatMessageParam[]>();

  constructor(runner: AgentRunner, record: ScenarioRecord, { decisions = {}, answers = {} }: PeopleSay) {
    this.#runner = runner;
    this.#record = record;
    this.#decisions = decisions;
    this.#answers = new Map(Object.entries(answers));
  }

  /**
   * @throws {Suspension} when it waits for a person who is not there
   * @throws what the agent throws
   */
  async respond(agent: Agent, message: IncomingMessage, options: RunnerOptions): Promise<AgentReply> {
    if (agent.role === 'person') return this.#person(agent, message, options);
    let reply = await this.#once(agent, message, options);
    while (reply.pending !== undefined) {
      const { pending } = reply;
      const decisions = await this.#decided(agent, pending, options);
      reply = await this.#once(agent, message, { ...options, resume: { pending, decisions } });
    }
    return reply;
  }

  /** Answers from elsewhere, whose calls this process does not make, are steps; those made here are done again. */
  async #once(agent: Agent, message: IncomingMessage, options: RunnerOptions): Promise<AgentReply> {
    if (this.#runner.isRemote !== true) return this.#runner.respond(agent, message, options);
    const thread = this.#threads.get(agent.id) ?? [];
    const { history = agent.remembers === true ? [...thread] : undefined } = options;
    const answer = async () => toJson(await this.#runner.respond(agent, message, { ...options, history }));
    const reply = (await this.#record.step(`answer of ${agent.id}`, answer)) as unknown as AgentReply;
    const { messages = [] } = reply;
    if (agent.remembers === true && messages.length > 0)
      this.#threads.set(agent.id, [...thread, toUserMessage(message), ...messages]);
    return reply;
  }

  async #person(agent: Agent, message: IncomingMessage, options: RunnerOptions): Promise<AgentReply> {
    const content = await this.#record.step(`answer of ${agent.id}`, async () => {
      const given = this.#answers.get(agent.id);
      this.#answers.delete(agent.id);
      if (given !== undefined) return given;
      try {
        return (await this.#runner.respond(agent, message, options)).content;
      } catch (error) {
        if (!isNobodyThere(error)) throw error;
        const { messageId } = options;
        throw new Suspension({ type: 'answer', agent: agent.id, messageId, content: message.content });
      }
    });
    await options.onText?.(content);
    return { content };
  }

  /** The decisions that an answer waits for: from the record, else what has been given. */
  async #decided(
    agent: Agent,
    pending: PendingApproval,
    { messageId }: RunnerOptions,
  ): Promise<Readonly<{ [toolCallId: string]: Decision }>> {
    const name = `decisions for ${agent.id}`;
    const recorded = this.#record.recorded(name);
    if (recorded !== undefined) return recorded as { [toolCallId: string]: Decision };
    const needed = pending.tool_calls.filter(({ needs_decision }) => needs_decision).map(({ id }) => id);
    if (!needed.every((id) => Object.hasOwn(this.#decisions, id)))
      throw new Suspension({ type: 'approval', agent: agent.id, messageId, pending });
    const decisions = Object.fromEntries(needed.map((id) => [id, this.#decisions[id] as Decision]));
    return this.#record.step(name, () => decisions);
  }
}

function isNobodyThere(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'nobody_there';
}

/** What of a reply can be on record; a tool's result that is no JSON is left out. */
function toJson(reply: AgentReply): JsonValue {
  return JSON.parse(JSON.stringify(reply));
}
