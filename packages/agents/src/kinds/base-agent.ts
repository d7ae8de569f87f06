import { withAgent } from '@pd/call-log/context';
import type { AgentRef } from '@pd/call-log/schema';
import type { Agent, AgentPart, AgentReply, AgentStream, IncomingMessage, RespondOptions } from '../agent.ts';
import { createAgentStream } from '../agent-stream.ts';
import { HookError } from '../errors/hook-error.ts';
import { checkIdentity } from '../errors/invalid-agent-error.ts';
import { checkMessage } from '../errors/invalid-message-error.ts';
import type { AgentHooks, HookContext } from '../hooks.ts';
import { untilAborted } from '../until-aborted.ts';

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

/** What every agent can be given. */
export interface BaseAgentOptions extends AgentIdentity {
  /** What happens around every answer of this agent. */
  hooks?: AgentHooks;
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
  readonly #hooks: AgentHooks;

  /** @throws {InvalidAgentError} when the id is missing or no text */
  constructor({ hooks = {}, ...identity }: BaseAgentOptions, defaultRole = 'agent') {
    checkIdentity(identity);
    this.id = identity.id;
    this.name = identity.name ?? identity.id;
    this.role = identity.role ?? defaultRole;
    this.description = identity.description;
    this.#hooks = hooks;
  }

  /**
   * Answers a message.
   *
   * @throws {InvalidMessageError} when it is none; {@link HookError} when a hook fails; the signal's reason after an abort; what the agent itself throws
   */
  respond(message: IncomingMessage, options: RespondOptions = {}): Promise<AgentReply> {
    return withAgent(this.ref, async () => {
      const asked = await this.prepared(message, options);
      return this.concluded(await this.reply(asked, options), asked, options);
    });
  }

  /** Answers a message, as the answer comes. Errors come out of the iteration and of `result()`. */
  stream(message: IncomingMessage, options: RespondOptions = {}): AgentStream {
    return createAgentStream(withAgent(this.ref, () => this.#answer(message, options)));
  }

  /** The identity as the log has it. */
  protected get ref(): AgentRef {
    return { id: this.id, name: this.name, role: this.role };
  }

  /** The one method of an agent. Calls made inside belong to it. */
  protected abstract reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply>;

  /** The same piece by piece. By default the whole reply in one. */
  protected async *streamReply(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const reply = await this.reply(message, options);
    if (reply.content !== '') yield { type: 'text-delta', text: reply.content };
    return reply;
  }

  /** The hook of a class: gives the message to answer, before the agent's own hooks. */
  protected before(
    message: IncomingMessage,
    _context: HookContext,
  ): IncomingMessage | Promise<IncomingMessage> {
    return message;
  }

  /** The hook of a class: gives the reply, after the agent's own hooks. */
  protected after(
    reply: AgentReply,
    _context: HookContext & { message: IncomingMessage },
  ): AgentReply | Promise<AgentReply> {
    return reply;
  }

  /** The message as the hooks before an answer leave it. As {@link concluded}. */
  protected async prepared(message: IncomingMessage, { signal }: RespondOptions): Promise<IncomingMessage> {
    checkMessage(message);
    const context = { agent: this.ref, signal };
    return this.#hooked('before', signal, async () => {
      const asked = await this.before(message, context);
      return (await this.#hooks.before?.(asked, context)) ?? asked;
    });
  }

  /** The reply as the hooks after it leave it. `respond()` and `stream()` do this; only other ways to an answer have to. */
  protected concluded(
    reply: AgentReply,
    message: IncomingMessage,
    { signal }: RespondOptions,
  ): Promise<AgentReply> {
    const context = { agent: this.ref, signal, message };
    return this.#hooked('after', signal, async () =>
      this.after((await this.#hooks.after?.(reply, context)) ?? reply, context),
    );
  }

  async *#answer(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const asked = await this.prepared(message, options);
    return this.concluded(yield* this.streamReply(asked, options), asked, options);
  }

  async #hooked<T>(
    phase: 'before' | 'after',
    signal: AbortSignal | undefined,
    hook: () => Promise<T>,
  ): Promise<T> {
    try {
      // A reply that is there is not lost to an abort that came too late; a hook that comes after one sees the signal.
      if (phase === 'after' && signal?.aborted === true) return await hook();
      return await untilAborted(signal, hook);
    } catch (cause) {
      // Cancelling is not failing.
      if (signal?.aborted === true && cause === signal.reason) throw cause;
      throw new HookError(this.id, phase, cause);
    }
  }
}
