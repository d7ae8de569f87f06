import { currentContext, withAgent } from '@pd/call-log/context';
import type { ChatMessageParam, ChatParameters, LLMClient, OutputOf, StandardSchema } from '@pd/llm-client';
import type { AgentPart, AgentReply, IncomingMessage, RespondOptions } from '../agent.ts';
import type { MemoryOfAgent } from '../context/context-options.ts';
import { Conversation } from '../context/conversation.ts';
import { drain } from '../drain.ts';
import { InvalidAgentError } from '../errors/invalid-agent-error.ts';
import { checkGuardrails } from '../guardrails/check-guardrails.ts';
import type { Guardrails } from '../guardrails/guardrail.ts';
import { runGuardrails } from '../guardrails/run-guardrails.ts';
import { tellGuardrail } from '../guardrails/tell-guardrail.ts';
import { handOver, handoffOf } from '../handoff/hand-over.ts';
import { type Ask, askForStream, askForWhole } from '../loop/ask.ts';
import { fromPending } from '../loop/from-pending.ts';
import { checkLimits, type LoopLimits } from '../loop/loop-limits.ts';
import { type AgentObject, type AgentObjectRequest, makeObject, objectFailure } from '../loop/make-object.ts';
import type { Decision, PendingApproval } from '../loop/pending-approval.ts';
import { type LoopSetup, runLoop } from '../loop/run-loop.ts';
import { Turn } from '../loop/turn.ts';
import { toMessageName } from '../to-message-name.ts';
import type { Approve } from '../tools/approve.ts';
import { checkToolSettings } from '../tools/check-tool-settings.ts';
import { checkTools } from '../tools/check-tools.ts';
import type { AgentTool, ToolSettings } from '../tools/tool.ts';
import { BaseAgent, type BaseAgentOptions } from './base-agent.ts';

export interface ModelAgentOptions extends BaseAgentOptions, MemoryOfAgent {
  client: LLMClient;
  /** `provider/model`. Default: the client's. */
  model?: string;
  /** Parameters of every request, such as `temperature`; sent as they are. */
  parameters?: ChatParameters;
  /** What the model may use. A function is asked before each answer, for tools that come and go. */
  tools?: readonly AgentTool[] | (() => readonly AgentTool[]);
  /** How tools are run where they do not say so themselves; `concurrency` is how many at once (default 8). */
  toolSettings?: ToolSettings & { concurrency?: number };
  /** Decides about every tool call, besides what the tool itself says; the stricter of the two counts. */
  approve?: Approve;
  /** How far it goes for one answer. */
  limits?: LoopLimits;
  /** What may come in and go out. */
  guardrails?: Guardrails;
}

const DEFAULT_CONCURRENCY = 8;

/** An agent whose answers come from a model: a subclass says which chat messages to send and keeps what it wants. */
export abstract class ModelAgent extends BaseAgent {
  readonly #setup: Omit<LoopSetup, 'request' | 'tools'>;
  readonly #tools: () => readonly AgentTool[];
  readonly #model: string | undefined;
  readonly #parameters: ChatParameters;
  readonly #conversation: Conversation | undefined;

  /** @throws {InvalidAgentError | InvalidToolError} for options that make no sense */
  constructor(options: ModelAgentOptions, defaultRole: string) {
    const { client, model, parameters = {}, tools = [], approve, limits = {}, guardrails = {} } = options;
    super(options, defaultRole);
    if (typeof client?.chat !== 'function')
      throw new InvalidAgentError(`the agent ${this.id} needs a client`);
    const { concurrency = DEFAULT_CONCURRENCY, ...settings } = options.toolSettings ?? {};
    this.#model = model;
    this.#parameters = parameters;
    this.#conversation = Conversation.of(options, { agent: this.ref, client, model });
    const checked = typeof tools === 'function' ? undefined : checkTools(tools, concurrency);
    this.#tools = () => checked ?? checkTools(typeof tools === 'function' ? tools() : tools, concurrency);
    this.#setup = {
      client,
      agent: this.ref,
      toolSettings: { ...checkToolSettings(settings, `the agent ${this.id}`), concurrency },
      approve,
      limits: checkLimits(limits),
      guardrails: checkGuardrails(guardrails),
    };
  }

  /** Whether its conversation is kept in a memory: then a subclass keeps none itself. */
  protected get hasMemory(): boolean {
    return this.#conversation !== undefined;
  }

  /** What its calls are made with. */
  protected get client(): LLMClient {
    return this.#setup.client;
  }

  /** The chat messages that ask the model for an answer to `message`. */
  protected abstract messagesFor(
    message: IncomingMessage,
    options: RespondOptions,
  ): ChatMessageParam[] | Promise<ChatMessageParam[]>;

  /**
   * Told of every answer that is worth keeping, with the chat messages it added (`reply.messages`), after the memory has
   * it. By default it is forgotten. Nothing is told of answers that failed, were blocked, were empty, or wait for an approval.
   */
  protected remember(
    _message: IncomingMessage,
    _reply: AgentReply,
    _options: RespondOptions,
  ): void | Promise<void> {}

  protected override async reply(message: IncomingMessage, options: RespondOptions): Promise<AgentReply> {
    return drain(this.#answer(message, options, askForWhole));
  }

  protected override streamReply(
    message: IncomingMessage,
    options: RespondOptions,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    return this.#answer(message, options, askForStream);
  }

  /**
   * Goes on with an answer that waited for a decision, here or in another process: runs what is allowed, tells the model
   * what is not, and answers. The hooks and guardrails before an answer have had their turn already.
   *
   * @param pending `reply.pending`, as it was
   * @param decisions by the id of the tool call
   * @throws {InvalidResumeError} before anything is run
   */
  resume(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    options: RespondOptions = {},
  ): Promise<AgentReply> {
    return withAgent(this.ref, async () => {
      const { turn, reply } = await this.#resumed(pending, decisions, options);
      const answered = await drain(this.#handedOver(reply, turn, options, askForWhole));
      return this.concluded(await this.#kept(turn.message, answered, options), turn.message, options);
    });
  }

  /**
   * Answers with an object that fits a schema. With tools the model first works as for any answer; what it has found out is
   * then asked for as the object. A reply that does not fit is told to the model and then data, like every other ending.
   *
   * @throws what `respond()` throws; {@link UnsupportedSchemaError} for a schema of what JSON cannot hold
   */
  generateObject<Schema extends StandardSchema>(
    message: IncomingMessage,
    request: AgentObjectRequest<Schema>,
    options: RespondOptions = {},
  ): Promise<AgentObject<OutputOf<Schema>>> {
    return withAgent(this.ref, async () => {
      const asked = await this.prepared(message, options);
      const made = await this.askForObject(asked, request, options);
      return { ...made, reply: await this.concluded(made.reply, asked, options) };
    });
  }

  /**
   * Goes on with an object that waited for a decision: `resume()` for `generateObject()`.
   *
   * @throws {InvalidResumeError} before anything is run
   */
  resumeObject<Schema extends StandardSchema>(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    request: AgentObjectRequest<Schema>,
    options: RespondOptions = {},
  ): Promise<AgentObject<OutputOf<Schema>>> {
    return withAgent(this.ref, async () => {
      const { turn, reply: worked } = await this.#resumed(pending, decisions, options);
      const made = await this.#madeOf(turn, worked, request, options);
      return { ...made, reply: await this.concluded(made.reply, turn.message, options) };
    });
  }

  /** What `generateObject()` does, without hooks, for `reply()` of a class whose answers are made of objects. */
  protected async askForObject<Schema extends StandardSchema>(
    message: IncomingMessage,
    request: AgentObjectRequest<Schema>,
    options: RespondOptions,
  ): Promise<AgentObject<OutputOf<Schema>>> {
    const guarded = await this.#guarded(message, options);
    if ('stopReason' in guarded) return objectFailure(guarded);
    const turn = new Turn({ message: guarded, messages: await this.#messagesFor(guarded, options) });
    const setup = this.#loop(options);
    const worked =
      setup.tools.length > 0 ? await drain(runLoop(setup, turn, askForWhole, options.signal)) : undefined;
    return this.#madeOf(turn, worked, request, options);
  }

  /** The object of a turn, when the work for it was done. */
  async #madeOf<Schema extends StandardSchema>(
    turn: Turn,
    worked: AgentReply | undefined,
    request: AgentObjectRequest<Schema>,
    options: RespondOptions,
  ): Promise<AgentObject<OutputOf<Schema>>> {
    const isDone = worked === undefined || worked.stopReason === 'done';
    const made = isDone
      ? await makeObject(this.#loop(options), turn, request, options.signal)
      : objectFailure(worked);
    return { ...made, reply: await this.#kept(turn.message, made.reply, options) };
  }

  async #resumed(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    options: RespondOptions,
  ): Promise<{ turn: Turn; reply: AgentReply }> {
    const setup = this.#loop(options);
    const calls = await fromPending(pending, decisions, { ...setup, signal: options.signal });
    const turn = new Turn(pending, pending);
    const resumed = { callId: pending.call_id, calls };
    return { turn, reply: await drain(runLoop(setup, turn, askForWhole, options.signal, resumed)) };
  }

  /** The conversation so far stands between the system messages and the question. */
  async #messagesFor(message: IncomingMessage, options: RespondOptions): Promise<ChatMessageParam[]> {
    const own = await this.messagesFor(message, options);
    const history = options.history ?? (await this.#conversation?.open(message, own, options)) ?? [];
    return [...own.slice(0, -1), ...history, ...own.slice(-1).map((asked) => named(asked, message, history))];
  }

  async *#answer(
    message: IncomingMessage,
    options: RespondOptions,
    ask: Ask,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const guarded = await this.#guarded(message, options);
    if ('stopReason' in guarded) return guarded;
    const turn = new Turn({ message: guarded, messages: await this.#messagesFor(guarded, options) });
    const reply = yield* runLoop(this.#loop(options), turn, ask, options.signal);
    return this.#kept(guarded, yield* this.#handedOver(reply, turn, options, ask), options);
  }

  /** The reply, or that of the agent to which the model has handed over. */
  async *#handedOver(
    reply: AgentReply,
    { message, before }: Turn,
    options: RespondOptions,
    ask: Ask,
  ): AsyncGenerator<AgentPart, AgentReply, undefined> {
    const handoff = handoffOf(reply);
    if (handoff === undefined) return reply;
    if (options.handoffs === 'return')
      return { ...reply, handoff: { to: handoff.agent.id, note: handoff.note } };
    const { record } = this.client;
    const isStreamed = ask === askForStream;
    const about = { from: this.id, message, before: before.slice(0, -1), reply, options, record, isStreamed };
    return yield* handOver(handoff, about);
  }

  async #guarded(
    message: IncomingMessage,
    { signal }: RespondOptions,
  ): Promise<IncomingMessage | AgentReply> {
    const { guardrails, client, agent } = this.#setup;
    if (guardrails.input === undefined) return message;
    const context = { on: 'input' as const, agent, signal: signal ?? new AbortController().signal };
    const tell = tellGuardrail(client, agent, 'input');
    const guarded = await runGuardrails(guardrails.input, message.content, context, tell);
    if (guarded.type === 'pass') return { ...message, content: guarded.content };
    const reason = guarded.type === 'block' ? guarded.reason : guarded.feedback;
    return {
      content: '',
      stopReason: 'blocked',
      blockedBy: { name: guarded.name, on: 'input', reason },
      messages: [],
    };
  }

  async #kept(message: IncomingMessage, reply: AgentReply, options: RespondOptions): Promise<AgentReply> {
    if (reply.messages === undefined || reply.messages.length === 0) return reply;
    await this.#conversation?.keep(message, reply, options);
    await this.remember(message, reply, options);
    return reply;
  }

  #loop({ parentCallId, messageId }: RespondOptions): LoopSetup {
    // As the context has it, with the agent around it as its parent.
    const { agent: around } = currentContext();
    const agent = around?.id === this.id ? around : this.ref;
    return {
      ...this.#setup,
      tools: this.#tools(),
      agent,
      messageId,
      request: {
        ...this.#parameters,
        ...(this.#model !== undefined && { model: this.#model }),
        // Named in every call, so that none lands under `unknown_agent` wherever it is awaited.
        agent,
        metadata: { agent_id: this.id, agent_name: this.name, agent_role: this.role },
        ...(parentCallId !== undefined && { parentCallId }),
      },
    };
  }
}

/** In a conversation of several, whose messages say who has said them, so does the one that is to be answered. */
function named(
  asked: ChatMessageParam,
  { from }: IncomingMessage,
  history: readonly ChatMessageParam[],
): ChatMessageParam {
  if (asked.role !== 'user' || from === undefined) return asked;
  return history.some((said) => said.role === 'user' && said.name !== undefined)
    ? { ...asked, name: toMessageName(from) }
    : asked;
}
