import type { AgentReply } from '@pd/agents';
import type { MessageLedger } from '../message-ledger.ts';
import type { ScenarioEvent } from '../scenario/scenario-event.ts';

/** A turn that answers messages: they are handled when it succeeds and rejected when the agent fails; an abort decides nothing. */
export async function* settled(
  turn: AsyncGenerator<ScenarioEvent, AgentReply, undefined>,
  ledger: MessageLedger,
  messageIds: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ScenarioEvent, AgentReply, undefined> {
  try {
    const reply = yield* turn;
    for (const id of messageIds) ledger.settle(id, 'handled');
    return reply;
  } catch (error) {
    if (signal?.aborted !== true) for (const id of messageIds) ledger.settle(id, 'rejected');
    throw error;
  }
}
