import type { Agent, IncomingMessage } from '@pd/agents';
import type { Logger } from '@pd/call-log/schema';
import { checkParticipants, checkTurns } from './errors/invalid-scenario-error.ts';
import { MessageLedger } from './message-ledger.ts';
import { drain, type ScenarioOutcome, type ScenarioRun } from './scenario-event.ts';
import { settled } from './settled.ts';
import { takeTurn } from './take-turn.ts';

export interface ExchangeOptions {
  /** The two who talk; the first one answers the opening. */
  agents: readonly [Agent, Agent];
  /** What is said first. */
  opening: string;
  /** Id of whoever says it. Default: `user`. */
  openedBy?: string;
  /** Answers in all. Default: 6. */
  maxTurns?: number;
  /** Stops the exchange; it throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Gets a record of every message; usually `createCallLog().logger`. */
  logger?: Logger;
  /** Makes message ids. Default: random UUIDs. */
  createId?: () => string;
}

/**
 * Two agents talk: each answers what the other has said, in turn, until the limit.
 *
 * @throws {InvalidScenarioError} when both have one id, or the limit is no positive whole number
 * @throws whatever an agent throws; the signal's reason after an abort
 */
export async function* streamExchange(options: ExchangeOptions): ScenarioRun {
  const { agents, opening, openedBy = 'user', maxTurns = 6, signal, logger, createId } = options;
  checkParticipants([...agents.map(({ id }) => id), openedBy]);
  checkTurns(maxTurns);
  const ledger = new MessageLedger(logger, createId);
  ledger.introduce({ id: openedBy, role: 'person' });
  for (const { id, name, role } of agents) ledger.introduce({ id, name, role });

  let [speaker, listener] = agents;
  let message: IncomingMessage = { content: opening, from: openedBy };
  let messageId = ledger.deliver({ from: openedBy, to: speaker.id, content: opening });
  for (let number = 1; number <= maxTurns; number++) {
    signal?.throwIfAborted();
    const turn = takeTurn({ number, agent: speaker, message, to: listener.id, signal });
    const reply = yield* settled(turn, ledger, [messageId], signal);
    const { content, callId } = reply;
    messageId = ledger.deliver({ from: speaker.id, to: listener.id, content, callId });
    yield { type: 'turn-end', turn: number, speaker: speaker.id, reply };
    message = { content, from: speaker.id };
    [speaker, listener] = [listener, speaker];
  }
  const outcome: ScenarioOutcome = { reason: 'max_turns', turns: maxTurns };
  yield { type: 'end', outcome };
  return outcome;
}

/** As {@link streamExchange}, for the outcome alone. */
export function runExchange(options: ExchangeOptions): Promise<ScenarioOutcome> {
  return drain(streamExchange(options));
}
