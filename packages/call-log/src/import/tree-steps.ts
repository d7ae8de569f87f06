import type { LogEvent, MessageEvent } from '../schema/logger-events.ts';
import type { CallNode, RunTree } from '../schema/tree.ts';
import { defined } from '../tree/fold-call.ts';

/** One record to write, and when that was. The beginning of a call is the call's node, because its record needs more than an event has. */
export type Step = { at: string } & ({ event: LogEvent } | { begin: CallNode; agentId: string });

/**
 * The records that fold to a tree again, in the order of their times, but never a part before its whole or a call before
 * the one its agent made before.
 */
export function treeSteps({ agents, messages, logs = [], steps = [] }: RunTree, otherwise: string): Step[] {
  const timed: { step: Step; ms: number }[] = [];
  /** Adds the steps of something; times that go back are held at the latest so far, from `first` on. */
  const add = (steps: readonly Step[], first: number): number => {
    let latest = first;
    for (const step of steps) {
      latest = Math.max(latest, Date.parse(step.at) || 0);
      timed.push({ step, ms: latest });
    }
    return latest;
  };
  for (const { calls: _, totals: __, ...agent } of agents)
    add([{ at: otherwise, event: { type: 'agent.start', at: otherwise, agent } }], 0);
  for (const { id, calls } of agents) {
    let began = 0;
    for (const call of calls) {
      began = add([{ at: call.started_at, begin: call, agentId: id }], began);
      add(partSteps(call), began);
    }
  }
  let said = 0;
  for (const { id, at, from, to, call_id, content, status } of messages) {
    const message: MessageEvent = {
      type: 'message',
      at,
      message_id: id,
      ...defined({ from, to, call_id, content }),
      status,
    };
    said = add([{ at, event: message }], said);
  }
  add(
    logs.map((line) => ({ at: line.at, event: { type: 'log', ...line } })),
    0,
  );
  add(
    steps.map(({ id: step_id, ...step }) => ({ at: step.at, event: { type: 'step', step_id, ...step } })),
    0,
  );
  // Stable, so what has one time stays in the order it was added.
  return timed.sort((a, b) => a.ms - b.ms).map(({ step }) => step);
}

/** What comes after the beginning of a call. */
function partSteps(call: CallNode): Step[] {
  const { id: call_id, status, attempts, tool_calls, ended_at = call.started_at } = call;
  const events: LogEvent[] = attempts.flatMap((attempt) => {
    const { number, provider, model = call.pre.model, waited_ms, started_at } = attempt;
    const start: LogEvent = {
      type: 'attempt.start',
      at: started_at,
      call_id,
      number,
      provider,
      model,
      ...defined({ waited_ms }),
    };
    if (attempt.status === 'open' || attempt.status === 'interrupted') return [start];
    const { http_status, retry_after_ms, duration_ms, error, usage, cost_usd } = attempt;
    const known = defined({ http_status, retry_after_ms, duration_ms, error, usage, cost_usd });
    const at = attempt.ended_at ?? started_at;
    return [
      start,
      { type: 'attempt.end', at, call_id, number, status: attempt.status, ...known } as LogEvent,
    ];
  });
  if (status !== 'open' && status !== 'interrupted') {
    const { duration_ms, time_to_first_chunk_ms, chunks, post: reply, usage, cost_usd, error } = call;
    const known = defined({ duration_ms, time_to_first_chunk_ms, chunks, reply, usage, cost_usd, error });
    events.push({ type: 'call.end', at: ended_at, call_id, status, ...known } as LogEvent);
  } else {
    // What had come of its reply.
    const text = call.post?.message?.content;
    if (typeof text === 'string') events.push({ type: 'call.progress', at: ended_at, call_id, text });
  }
  for (const { id: tool_call_id, name, arguments: given, ...tool } of tool_calls) {
    const start = { type: 'tool.start', at: ended_at, call_id, tool_call_id, name } as const;
    events.push(given === undefined ? start : { ...start, arguments: given });
    if (tool.status !== 'open' && tool.status !== 'interrupted')
      events.push({ type: 'tool.end', at: ended_at, call_id, tool_call_id, ...tool } as LogEvent);
  }
  return events.map((event) => ({ at: event.at ?? ended_at, event }));
}
