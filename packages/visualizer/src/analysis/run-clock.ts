import type { AgentNode, CallNode, MessageNode, RunTree } from '@pd/call-log/schema';

/** A call with its times in milliseconds since the run began. */
export interface TimedCall {
  agent: AgentNode;
  call: CallNode;
  startMs: number;
  /** Never before `startMs`. */
  endMs: number;
}

/** A message with the time at which it was delivered, in milliseconds since the run began. */
export interface TimedMessage {
  message: MessageNode;
  atMs: number;
}

/** What of a run has a time. */
export interface RunClock {
  /** From the first to the last time on record, in milliseconds. */
  durationMs: number;
  /** In the order of the record. */
  calls: TimedCall[];
  messages: TimedMessage[];
  /** Calls whose beginning or end is not on record, such as one under way when the program died. */
  untimedCalls: number;
}

/**
 * The times of a run. A call ends at `ended_at`, else `duration_ms` after it began; one that ends before it
 * begins (a clock was set back) takes no time. Who has no time is left out and counted.
 */
export function readClock(tree: RunTree): RunClock {
  const span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  const see = (time: number) => {
    if (time < span.from) span.from = time;
    if (time > span.to) span.to = time;
  };
  const calls: TimedCall[] = [];
  const messages: TimedMessage[] = [];
  let untimedCalls = 0;

  see(timeOf(tree.run.started_at));
  see(timeOf(tree.run.ended_at));
  for (const agent of tree.agents) {
    for (const call of agent.calls) {
      const startMs = timeOf(call.started_at);
      const endMs = Math.max(startMs, endOf(call, startMs));
      see(startMs);
      if (Number.isNaN(endMs)) untimedCalls++;
      else {
        see(endMs);
        calls.push({ agent, call, startMs, endMs });
      }
    }
  }
  for (const message of tree.messages) {
    const atMs = timeOf(message.at);
    see(atMs);
    if (!Number.isNaN(atMs)) messages.push({ message, atMs });
  }

  for (const timed of calls) {
    timed.startMs -= span.from;
    timed.endMs -= span.from;
  }
  for (const timed of messages) timed.atMs -= span.from;
  return { durationMs: Math.max(0, span.to - span.from), calls, messages, untimedCalls };
}

function endOf({ ended_at, duration_ms }: CallNode, start: number): number {
  const ended = timeOf(ended_at);
  // In whole milliseconds like every other time, so that sums of them are exact.
  return Number.isNaN(ended) ? start + Math.round(duration_ms ?? Number.NaN) : ended;
}

function timeOf(iso: string | undefined): number {
  return iso === undefined ? Number.NaN : Date.parse(iso);
}
