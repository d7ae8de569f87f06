import type { CallLog, RedactOptions } from '@pd/call-log';
import type { Conversation } from '@pd/call-log/conversation';
import type { LLMClient } from '@pd/llm-client';
import type { AgentRunner, ScenarioEvent, ScenarioOutcome, ScenarioRun } from '@pd/scenarios';
import type { z } from 'zod';
import type { Asked } from '../model-source.ts';
import type { talkInput } from '../scenarios/demo-scenario.ts';

/** What a program of the demo is given. */
export interface Stage {
  log: CallLog;
  client: LLMClient;
  /** Has the agents answer. Default: in this process. */
  runner: AgentRunner | undefined;
  /** What the log scrubs. */
  redact: RedactOptions;
  signal: AbortSignal;
  /** Shows what happens. */
  tell(event: ScenarioEvent): void;
}

/** What the demo plays: a scenario, a recording, a session, or a run that goes on. */
export interface Program {
  /** The run that it is recorded in. */
  runId: string;
  /** Said to the user before it begins. */
  about?: string;
  /** Where its replies have to come from; absent: as the user says. */
  asks?: Asked;
  /** What they have to be. */
  conversation?: Conversation;
  /** What workers have to know to make its agents; absent: it is played in one process. */
  plays?: { scenario: string; input: z.infer<typeof talkInput> };
  /** Whether the run can be gone on with when it ends early. */
  isResumable: boolean;
  /** @param asked where replies come from, to be put on record */
  play(stage: Stage, asked: Asked): Promise<ScenarioOutcome>;
  close?(): Promise<void>;
}

/** Plays a scenario to its end. */
export async function toEnd(
  run: ScenarioRun,
  tell: (event: ScenarioEvent) => void,
): Promise<ScenarioOutcome> {
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
    tell(value);
  }
}
