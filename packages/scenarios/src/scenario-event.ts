import type { AgentReply } from '@pd/agents';

/** Why a scenario stopped. */
export type StopReason = 'max_turns' | 'end_of_script';

/** How a scenario ended. An abort is no outcome: it throws the signal's reason. */
export interface ScenarioOutcome {
  reason: StopReason;
  /** Turns that were finished. */
  turns: number;
}

/** What happens in a scenario, in order. `turn` counts from 1; `speaker` is the id of whoever has the floor. */
export type ScenarioEvent =
  | { type: 'turn-start'; turn: number; speaker: string; to: string | undefined; thought: boolean }
  | { type: 'text-delta'; turn: number; speaker: string; text: string }
  | { type: 'turn-end'; turn: number; speaker: string; reply: AgentReply }
  | { type: 'end'; outcome: ScenarioOutcome };

/** A scenario under way: its events, and its outcome as the value it returns. Leaving it early stops it. */
export type ScenarioRun = AsyncGenerator<ScenarioEvent, ScenarioOutcome, undefined>;

/** Runs a scenario to its end for its outcome alone. */
export async function drain(run: ScenarioRun): Promise<ScenarioOutcome> {
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
  }
}
