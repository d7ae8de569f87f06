import fc from 'fast-check';
import { MessageStore } from '../src/journal/message-store.ts';
import { recordLine } from '../src/journal/record-line.ts';
import { toPlainJson } from '../src/journal/to-plain-json.ts';
import { callStartRecord, plainRecord } from '../src/journal/to-record.ts';
import { callEndingSchema } from '../src/schema/common.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import { line } from './helpers.ts';

const usage = fc.option(
  fc.record(
    { input_tokens: fc.nat(1000), output_tokens: fc.nat(1000), source: fc.constant('provider' as const) },
    { requiredKeys: ['source'] },
  ),
  { nil: undefined },
);
// Of binary fractions, so that sums do not depend on their order.
const cost = fc.option(
  fc.nat(1024).map((n) => n / 1024),
  { nil: undefined },
);
const status = fc.constantFrom(...callEndingSchema.options);
const text = fc.oneof(fc.constantFrom('yes', 'no', 'go on'), fc.string({ unit: 'grapheme', maxLength: 20 }));

const call = fc.record({
  messages: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content: text }), {
    maxLength: 3,
  }),
  attempts: fc.array(fc.record({ status, usage, cost_usd: cost }), { maxLength: 3 }),
  tools: fc.array(text, { maxLength: 2 }),
  end: fc.option(
    fc.record({
      status,
      usage,
      cost_usd: cost,
      content: text,
      cached: fc.option(fc.constant(true), { nil: undefined }),
    }),
    { nil: undefined },
  ),
  said: fc.option(text, { nil: undefined }),
  line: fc.option(text, { nil: undefined }),
  step: fc.option(text, { nil: undefined }),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** What one agent does, as events in the order it does it. */
export function agentEvents(agent: string): fc.Arbitrary<LogEvent[]> {
  return fc
    .array(call, { maxLength: 4 })
    .map((calls) => [
      { type: 'agent.start' as const, agent: { id: agent }, at: 't' },
      ...calls.flatMap((made, i) => callEvents(agent, `${agent}-${i}`, made)),
    ]);
}

function callEvents(
  agent: string,
  call_id: string,
  { messages, attempts, tools, end, said, line: message, step }: Call,
): LogEvent[] {
  const at = '2026-01-01T00:00:00.000Z';
  const events: LogEvent[] = [
    {
      type: 'call.start',
      at,
      call_id,
      agent: { id: agent },
      operation: 'chat',
      provider: 'p',
      model: 'm',
      messages,
    },
  ];
  for (const [i, attempt] of attempts.entries()) {
    events.push({ type: 'attempt.start', at, call_id, number: i + 1, provider: 'p', model: 'm' });
    events.push({ type: 'attempt.end', at, call_id, number: i + 1, ...attempt } as LogEvent);
  }
  if (end !== undefined) {
    const { content, cached, ...rest } = end;
    const reply = { message: { role: 'assistant', content }, ...(cached && { cached }) };
    events.push({ type: 'call.end', at, call_id, ...rest, reply } as LogEvent);
  }
  for (const [i, name] of tools.entries()) {
    events.push({ type: 'tool.start', at, call_id, tool_call_id: `t${i}`, name });
    events.push({ type: 'tool.end', at, call_id, tool_call_id: `t${i}`, status: 'ok', result: name });
  }
  if (message !== undefined) events.push({ type: 'log', at, level: 'info', message, call_id });
  if (step !== undefined)
    events.push({
      type: 'step',
      at,
      step_id: `s-${call_id}`,
      name: 'now',
      ...(step === 'no'
        ? { status: 'error', error: { type: 'E', message: 'no' } }
        : { status: 'ok', value: [step] }),
      agent_id: agent,
    });
  if (said !== undefined)
    events.push({
      type: 'message',
      at,
      message_id: `m-${call_id}`,
      from: agent,
      call_id,
      content: said,
      status: 'delivered',
    });
  return events;
}

/** Events of several agents in one order of the many in which they can arrive; `picks` decides. */
export function interleave(perAgent: readonly LogEvent[][], picks: readonly number[]): LogEvent[] {
  const queues = perAgent.map((events) => [...events]).filter((queue) => queue.length > 0);
  const merged: LogEvent[] = [];
  for (let i = 0; queues.length > 0; i++) {
    const at = (picks[i % picks.length] ?? 0) % queues.length;
    const event = queues[at]?.shift();
    if (event !== undefined) merged.push(event);
    if (queues[at]?.length === 0) queues.splice(at, 1);
  }
  return merged;
}

export const agents = fc.tuple(agentEvents('a'), agentEvents('b'), agentEvents('c'));
export const picks = fc.array(fc.nat(2), { minLength: 1, maxLength: 40 });
/** The events of a run, in some order. */
export const runEvents: fc.Arbitrary<LogEvent[]> = fc
  .tuple(agents, picks)
  .map(([all, order]) => interleave(all, order));

/** The lines that a log writes for these events. */
export function journalLines(events: readonly LogEvent[]): string[] {
  const store = new MessageStore();
  const plain = (value: unknown) => toPlainJson(value, (raw) => raw);
  const head = [
    {
      type: 'segment.start',
      at: 't',
      schema_version: 1,
      run_id: 'r',
      segment: 'root',
      host: 'h',
      pid: 1,
      writer: 'w',
    },
    { type: 'run.start', at: 't', metadata: {} },
  ];
  const records = events.map((event) => {
    if (event.type !== 'call.start') return (seq: number) => recordLine(seq, plainRecord(event, plain));
    const owner = { agentId: event.agent?.id ?? '?', source: 'explicit' } as const;
    const { record, messages } = callStartRecord(event, owner, plain, store);
    return (seq: number) => recordLine(seq, record, messages);
  });
  const first = head.map((record, seq) => line({ seq, ...record }));
  return [...first, ...records.map((write, i) => `${write(head.length + i)}\n`)];
}
