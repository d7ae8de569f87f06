import type { Agent, AgentReply, Decision, IncomingMessage, PendingApproval } from '@pd/agents';
import type { ChatMessageParam } from '@pd/llm-client';

/** What an agent is asked with, besides the message. */
export interface RunnerOptions {
  /** Stable for the message, also when the scenario is resumed by another process. */
  messageId: string;
  /** The run that the answer belongs to, where it is known. */
  run?: { id: string; dir: string; captureContent?: boolean } | undefined;
  /** Ends the work. */
  signal: AbortSignal;
  /** The conversation up to the message, in the place of the agent's own memory. */
  history?: readonly ChatMessageParam[] | undefined;
  /** The call that asks for the answer. */
  parentCallId?: string | undefined;
  /** Gets the text of the answer as it comes; it goes no faster than its promises settle. */
  onText?: ((text: string) => void | Promise<void>) | undefined;
  /** Whether another agent, to which the model hands over, answers at once (the default), or the reply says to whom. */
  handoffs?: 'follow' | 'return' | undefined;
  /** Goes on with an answer that waited for a person's decisions, instead of answering the message anew. */
  resume?: { pending: PendingApproval; decisions: Readonly<Record<string, Decision>> } | undefined;
}

/** Has agents answer: in this process, which is the default, or elsewhere. */
export interface AgentRunner {
  /** Whether the calls of the agents are made by other processes; then a resumed scenario takes whole answers from the record. */
  readonly isRemote?: boolean;
  respond(agent: Agent, message: IncomingMessage, options: RunnerOptions): Promise<AgentReply>;
  /** The run is about to end: what belongs into its record is there when this has settled. Never throws. */
  finish?(runId: string): Promise<unknown>;
}

/** Has agents answer in this process. */
export const localRunner: AgentRunner = {
  async respond(agent, message, { onText, resume, ...options }) {
    if (resume !== undefined) return resumable(agent).resume(resume.pending, resume.decisions, options);
    if (onText === undefined) return agent.respond(message, options);
    const answer = agent.stream(message, options);
    for await (const text of answer) await onText(text);
    return answer.result();
  },
};

interface Resumable {
  resume(
    pending: PendingApproval,
    decisions: Readonly<Record<string, Decision>>,
    options: { signal?: AbortSignal },
  ): Promise<AgentReply>;
}

function resumable(agent: Agent): Resumable {
  if (typeof (agent as Partial<Resumable>).resume === 'function') return agent as Agent & Resumable;
  throw new TypeError(
    `the agent ${agent.id} has an answer that waits for a decision and no resume() to go on with`,
  );
}
