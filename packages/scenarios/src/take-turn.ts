import type { Agent, AgentReply, IncomingMessage } from '@pd/agents';
import type { ScenarioEvent } from './scenario-event.ts';

export interface Turn {
  number: number;
  agent: Agent;
  message: IncomingMessage;
  /** Whom the answer is for. */
  to?: string | undefined;
  thought?: boolean;
  signal: AbortSignal | undefined;
}

/** Gives an agent the floor and passes its answer on as it comes. */
export async function* takeTurn(turn: Turn): AsyncGenerator<ScenarioEvent, AgentReply, undefined> {
  const { number, agent, message, to, thought = false, signal } = turn;
  const speaker = agent.id;
  yield { type: 'turn-start', turn: number, speaker, to, thought };
  const answer = agent.stream(message, { signal });
  for await (const text of answer) yield { type: 'text-delta', turn: number, speaker, text };
  const reply = await answer.result();
  yield { type: 'turn-end', turn: number, speaker, reply };
  return reply;
}
