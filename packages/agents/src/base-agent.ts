import { withAgent } from '@pd/call-log/context';
import type { AgentRef } from '@pd/call-log/schema';
import type { Agent, AgentReply, AgentStream, IncomingMessage, RespondOptions } from './agent.ts';
import { checkIdentity } from './errors/invalid-agent-error.ts';

/** Who an agent is. */
export interface AgentIdentity {
  /** Stable and unique in a run. */
  id: string;
  /** Shown to people. Default: the id. */
  name?: string;
  /** What it is there for. Default: the class's own. */
  role?: string;
  description?: string;
}

/**
 * The base of every agent: it has an identity, and all it does is on record under it. A class of your own
 * implements `reply()`; one that can answer piece by piece implements `streamReply()` too.
 */
export abstract class BaseAgent implements Agent {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly description: string | undefined;

  /** @throws {InvalidAgentError} when the id is missing or no text */
  constructor(identity: AgentIdentity, defaultRole = 'agent') {
    checkIdentity(identity);
    this.id = identity.id;
    this.name = identity.name ?? identity.id;
    this.role = identity.role ?? defaultRole;
    this.description = identity.description;
  }

  /** Answers a message. */
  respond(message: IncomingMessage, options: RespondOptions = {}): Promise<AgentReply> {
    return withAgent(this.ref, () => this.reply(message, options));
  }

  /** Answers a message, as the answer comes. */
  stream(message: IncomingMessage, options: RespondOptions = {}): AgentStream {
    return withAgent(this.ref, () => this.streamReply(message, options));
  }

  /** The identity as the log has it. */
  protected get ref(): AgentRef {
    return { id: this.id, name: this.name, role: this.role };
  }

  /** The one method of an agent. Calls made inside belong to it. */
  protected abstract reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply>;

  /** By default the whole reply in one piece. */
  protected streamReply(message: IncomingMessage, options: RespondOptions): AgentStream {
    const reply = this.reply(message, options);
    // Somebody reads it or nobody does; an unread rejection must not end the process.
    reply.catch(() => {});
    return {
      async *[Symbol.asyncIterator]() {
        yield (await reply).content;
      },
      result: () => reply,
    };
  }
}
