import { type ChatMessageParam, type ChatResult, toolResult } from '@pd/llm-client';
import type { AgentReply, IncomingMessage } from '../agent.ts';
import type { ToolRun } from '../tools/tool-run.ts';
import type { PendingApproval } from './pending-approval.ts';
import { Spent } from './spent.ts';
import type { StopReason } from './stop-reason.ts';

/** What an answer is made for and from. */
export interface TurnStart {
  message: IncomingMessage;
  /** The conversation up to the message, with it. */
  messages: readonly ChatMessageParam[];
}

/** One answer in the making: the conversation with what was added, and what it took. */
export class Turn {
  readonly message: IncomingMessage;
  readonly spent: Spent;
  readonly runs: ToolRun[] = [];
  readonly #messages: ChatMessageParam[];
  readonly #asides = new Set<ChatMessageParam>();
  /** Where what was added begins. */
  readonly #start: number;
  #last: ChatResult | undefined;
  /** The last text that the model has said. */
  #text = '';

  constructor({ message, messages }: TurnStart, resumed?: PendingApproval) {
    this.message = message;
    this.#messages = [...messages];
    this.#start = messages.length - (resumed?.added ?? 0);
    this.spent = new Spent(
      resumed && {
        steps: resumed.spent.steps,
        tokens: resumed.spent.tokens,
        costUsd: resumed.spent.cost_usd,
      },
    );
  }

  /** The conversation up to the message, with it. */
  get before(): readonly ChatMessageParam[] {
    return this.#messages.slice(0, this.#start);
  }

  /** All of it, as the model is asked. */
  get messages(): ChatMessageParam[] {
    return this.#messages;
  }

  /** What was added to the conversation. */
  get added(): ChatMessageParam[] {
    return this.#messages.slice(this.#start).filter((message) => !this.#asides.has(message));
  }

  /** The model has replied. */
  replied(reply: ChatResult): void {
    this.#last = reply;
    this.spent.steps++;
    this.spent.add(reply);
    if (reply.text !== '') this.#text = reply.text;
  }

  /** The model's message stands in the conversation. */
  keep(message: ChatMessageParam): void {
    this.#messages.push(message);
  }

  /** A tool's result stands in the conversation. */
  answer(id: string, content: string): void {
    this.#messages.push(toolResult({ id }, content));
  }

  /** The model is told what is wrong with its answer. Only it hears of that: neither is part of what was added. */
  retry(text: string, feedback: string): void {
    const talk: ChatMessageParam[] = [
      { role: 'assistant', content: text },
      { role: 'user', content: feedback },
    ];
    this.#messages.push(...talk);
    for (const message of talk) this.#asides.add(message);
  }

  /** The reply, with what there is. @param more what is different about it */
  reply(stopReason: StopReason, more: Partial<AgentReply> = {}): AgentReply {
    const last = this.#last;
    return {
      content: this.#text,
      stopReason,
      ...(last !== undefined && { callId: last.callId }),
      ...(last?.reasoning !== undefined && { reasoning: last.reasoning }),
      ...(last?.refusal !== undefined && { refusal: last.refusal }),
      ...(this.spent.usage !== undefined && { usage: this.spent.usage }),
      costUsd: this.spent.costUsd,
      steps: this.spent.steps,
      toolRuns: this.runs,
      messages: this.added,
      ...more,
    };
  }
}
