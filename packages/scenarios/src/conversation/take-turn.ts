import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import type { ScenarioEvent } from '../scenario/scenario-event.ts';

export interface Turn {
  number: number;
  agent: Agent;
  message: IncomingMessage;
  /** Whom the answer is for. */
  to?: string | undefined;
  thought?: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Gives an agent the floor and passes its answer on as it comes. Its `turn-end` is left to the caller, to be told when
 * the answer is on record, because whoever hears of it may leave.
 */
export async function* takeTurn(turn: Turn): AsyncGenerator<ScenarioEvent, AgentReply, undefined> {
  const { number, agent, message, to, thought = false, signal } = turn;
  const speaker = agent.id;
  yield { type: 'turn-start', turn: number, speaker, to, thought };
  const answer = agent.stream(message, { signal });
  for await (const text of answer) yield { type: 'text-delta', turn: number, speaker, text };
  return answer.result();
}
