import type { AgentReply } from '@pd/agents';
import type { FailureAction } from '../coordinator/coordinator-event.ts';
import type { Envelope, MessageEnd } from '../coordinator/message.ts';
import type { UndeliverableReason } from '../errors/undeliverable-error.ts';
import type { LoopReason } from '../progress/progress-verdict.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';

/** What happens in a scenario, in order. `turn` counts from 1; `speaker` is the id of whoever has the floor. */
export type ScenarioEvent =
  | { type: 'turn-start'; turn: number; speaker: string; to: string | undefined; thought: boolean }
  | { type: 'text-delta'; turn: number; speaker: string; text: string }
  /** The answer is on record, and on its way to whoever is to get it. */
  | { type: 'turn-end'; turn: number; speaker: string; reply: AgentReply }
  /** A message was posted. */
  | { type: 'message'; message: Pick<Envelope, 'id' | 'from' | 'to' | 'content' | 'callId'> }
  /** A message has ended otherwise than by being handled. */
  | {
      type: 'message-lost';
      message: Pick<Envelope, 'id' | 'from' | 'to'>;
      status: MessageEnd;
      reason?: UndeliverableReason;
    }
  | { type: 'agent-failed'; agent: string; messageId: string; error: unknown; action: FailureAction }
  /** An agent is told, along with its next message, that the conversation goes round in circles. */
  | { type: 'nudge'; to: string; reason: LoopReason; text: string }
  | { type: 'end'; outcome: ScenarioOutcome };

/** A scenario under way: its events, and its outcome as the value it returns. Leaving it early stops it. */
export type ScenarioRun = AsyncGenerator<ScenarioEvent, ScenarioOutcome, undefined>;
