import type { AgentRef } from '@pd/call-log/schema';
import type { ChatMessageParam, LLMClient } from '@pd/llm-client';
import type { AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import { ConversationNotKeptError } from '../errors/conversation-not-kept-error.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { MemoryStoreError } from '../errors/memory-store-error.ts';
import { checkSessionId } from '../memory/input/check-id.ts';
import type { MemoryStore } from '../memory/memory-store.ts';
import type { NewMessage, StoredMessage } from '../memory/stored-message.ts';
import { toUserMessage } from '../to-user-message.ts';
import { type ContextSettings, checkContext, type MemoryOfAgent } from './context-options.ts';
import { countTokens } from './count-tokens.ts';
import { findAsked } from './is-asked.ts';
import { findKept, type KeptAnswer, keptIds, windowBefore } from './kept-answer.ts';
import { retryOnConflict } from './retry-on-conflict.ts';
import { rollSummary } from './roll-summary.ts';
import { toView } from './to-view.ts';

/** Whose conversation it is. */
interface Holder {
  agent: AgentRef;
  client: LLMClient;
  model: string | undefined;
}

/** The end of a conversation in which an open question, or another agent's words, are looked for. */
const END = 30;

/** An agent's side of a conversation that is kept in a store. */
export class Conversation {
  readonly #memory: MemoryStore;
  readonly #session: string;
  readonly #settings: ContextSettings;
  readonly #holder: Holder;

  private constructor(memory: MemoryStore, session: string, settings: ContextSettings, holder: Holder) {
    this.#memory = memory;
    this.#session = session;
    this.#settings = settings;
    this.#holder = holder;
  }

  /**
   * @returns nothing for an agent without a memory
   * @throws {InvalidAgentError | InvalidMemoryInputError} for options that make no sense
   */
  static of({ memory, session, context }: MemoryOfAgent, holder: Holder): Conversation | undefined {
    const { id } = holder.agent;
    const settings = checkContext(id, context);
    if (memory === undefined) {
      if (session === undefined && context === undefined) return undefined;
      throw new InvalidAgentError(`the agent ${id} has a session or a context, and no memory to keep it in`);
    }
    if (typeof memory?.append !== 'function')
      throw new InvalidAgentError(`the agent ${id}: memory has to be a MemoryStore`);
    if (session === undefined)
      throw new InvalidAgentError(
        `the agent ${id} has a memory: say which session of it is its conversation`,
      );
    checkSessionId(session);
    return new Conversation(memory, session, settings, holder);
  }

  /**
   * What the model is shown of the conversation before a question; sums up what no longer fits. Of a message that was answered
   * before, it is what was shown then.
   *
   * @param own the messages of the request that are sent in any case: system messages and the question
   * @throws {MemoryStoreError} when the store cannot be read or, for `question-first`, written
   */
  async open(
    question: IncomingMessage,
    own: readonly ChatMessageParam[],
    { signal, messageId }: RespondOptions,
  ): Promise<ChatMessageParam[]> {
    const kept = await this.#keptOf(messageId, signal);
    const known = await this.#known(question, signal);
    const fixed = [...own, ...known].reduce((sum, message) => sum + countTokens(message), 0);
    const tokens = Math.max(1, this.#settings.maxTokens - fixed);
    if (kept !== undefined) return [...(await this.#shownBefore(question, kept, tokens, signal)), ...known];
    let window = await this.#window(tokens, signal);
    if (window.isOutgrown && (await this.#summedUp(tokens, signal)))
      window = await this.#window(tokens, signal);
    const asked = findAsked(window.messages.slice(-END), question);
    if (asked === undefined && this.#settings.writes === 'question-first')
      await this.#ask(question, messageId, signal);
    return [...this.#viewWithout(asked, window.messages), ...known];
  }

  async #shownBefore(
    question: IncomingMessage,
    { position }: KeptAnswer,
    tokens: number,
    signal: AbortSignal | undefined,
  ): Promise<ChatMessageParam[]> {
    const before = await windowBefore(this.#memory, this.#session, { position, tokens, signal });
    return this.#viewWithout(findAsked(before.slice(-END), question), before);
  }

  #viewWithout(asked: StoredMessage | undefined, messages: readonly StoredMessage[]): ChatMessageParam[] {
    return toView(
      messages.filter(({ id }) => id !== asked?.id),
      this.#holder.agent.id,
    );
  }

  /** What is kept of an answer to that message. Far back it can only be when a run is done again from its beginning. */
  async #keptOf(
    messageId: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<KeptAnswer | undefined> {
    if (messageId === undefined) return undefined;
    const { agent, client } = this.#holder;
    const newest = client.resume === undefined ? END : undefined;
    return findKept(this.#memory, this.#session, keptIds(messageId, agent.id), { newest, signal });
  }

  /**
   * Keeps an exchange, in one commit. A question that stands at the end already is not stored again, and neither is an
   * answer that was given by another agent who keeps the same conversation, nor one that was kept for the same message before.
   *
   * @throws {ConversationNotKeptError} with the reply
   */
  async keep(
    question: IncomingMessage,
    reply: AgentReply,
    { messageId }: Pick<RespondOptions, 'messageId'> = {},
  ): Promise<void> {
    const speaker = reply.answeredBy ?? this.#holder.agent.id;
    const messages = reply.messages ?? [];
    const answer = messages.map(
      (message, i): NewMessage => ({
        message,
        agentId: i === messages.length - 1 ? speaker : this.#holder.agent.id,
        ...(i === messages.length - 1 &&
          reply.callId !== undefined && { metadata: { call_id: reply.callId } }),
      }),
    );
    try {
      // No signal: an answer that is there is not lost to an abort that came too late. Stores do not wait for ever.
      if ((await this.#keptOf(messageId, undefined))?.isAnswered === true) return;
      await this.#append(question, answer, messageId, undefined, (end) => {
        if (speaker === this.#holder.agent.id) return false;
        return end.some(({ message, agentId }) => agentId === speaker && message.content === reply.content);
      });
    } catch (error) {
      throw new ConversationNotKeptError(this.#holder.agent.id, this.#session, reply, error);
    }
  }

  #ask(
    question: IncomingMessage,
    messageId: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    return this.#append(question, [], messageId, signal, () => false);
  }

  async #append(
    question: IncomingMessage,
    answer: NewMessage[],
    messageId: string | undefined,
    signal: AbortSignal | undefined,
    isKept: (end: StoredMessage[]) => boolean,
  ): Promise<void> {
    const asked: NewMessage = {
      message: toUserMessage(question),
      ...(question.from !== undefined && { agentId: question.from }),
    };
    // The same ids at each try, so that one whose outcome is unknown can be repeated.
    const idAt =
      messageId === undefined ? () => crypto.randomUUID() : keptIds(messageId, this.#holder.agent.id);
    const named = [asked, ...answer].map((message, i) => ({ ...message, id: idAt(i) }));
    let isUnknown = false;
    await retryOnConflict(async () => {
      const { messages: end, version } = await this.#memory.window(this.#session, { messages: END, signal });
      if (isKept(end) || (isUnknown && end.some(({ id }) => id === named.at(-1)?.id))) return;
      const added = findAsked(end, question) === undefined ? named : named.slice(1);
      if (added.length === 0) return;
      try {
        await this.#memory.append(this.#session, added, { expectedVersion: version, signal });
      } catch (error) {
        const mayBeWritten = error instanceof MemoryStoreError && error.outcome === 'unknown';
        if (!mayBeWritten || isUnknown) throw error;
        isUnknown = true;
        await this.#memory.append(this.#session, added, { signal });
      }
    });
  }

  async #window(tokens: number, signal: AbortSignal | undefined) {
    const { messages } = await this.#memory.window(this.#session, {
      tokens,
      estimateTokens: countTokens,
      signal,
    });
    const session = await this.#memory.session(this.#session, { signal });
    return { messages, isOutgrown: (session?.messages ?? 0) > messages.length };
  }

  /** A summary that fails costs nothing but what is too old for the window: the reply is made without it. */
  async #summedUp(maxTokens: number, signal: AbortSignal | undefined): Promise<boolean> {
    const { summary: settings } = this.#settings;
    if (settings === undefined) return false;
    try {
      const summariser = { ...this.#holder, settings, maxTokens, signal };
      return await rollSummary(this.#memory, this.#session, summariser);
    } catch (error) {
      if (signal?.aborted) throw error;
      this.#warn('the conversation could not be summed up', error);
      return false;
    }
  }

  /** Facts are a help: without them there is still an answer. */
  async #known(question: IncomingMessage, signal: AbortSignal | undefined): Promise<ChatMessageParam[]> {
    try {
      const found = (await this.#settings.facts?.find(question.content, { signal })) ?? [];
      if (found.length === 0) return [];
      const lines = found.map(({ text }) => `- ${text}`).join('\n');
      // Of the user: facts are what people have said, and are no instructions of the program's.
      return [{ role: 'user', content: `[Known from before]\n${lines}` }];
    } catch (error) {
      if (signal?.aborted) throw error;
      this.#warn('what is known could not be looked up', error);
      return [];
    }
  }

  #warn(what: string, error: unknown): void {
    const { agent, client } = this.#holder;
    const why = error instanceof Error ? error.message : String(error);
    client.record({
      type: 'log',
      level: 'warn',
      message: `${what}: ${why}`,
      fields: { session: this.#session },
      agent_id: agent.id,
    });
  }
}
