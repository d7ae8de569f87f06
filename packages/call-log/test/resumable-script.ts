import fc from 'fast-check';
import type { LogEvent } from '../src/schema/logger-events.ts';
import type { CallNode, RunTree } from '../src/schema/tree.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const made = fc.record({
  asked: text,
  said: text,
  /** Attempts that fail before the last one. */
  failures: fc.nat(2),
  status: fc.constantFrom('ok' as const, 'ok' as const, 'error' as const),
  progress: fc.array(text, { maxLength: 2 }),
  tools: fc.array(text, { maxLength: 2 }),
  messages: fc.nat(2),
  step: fc.option(fc.jsonValue({ maxDepth: 1 }), { nil: undefined }),
});

/** What two agents do who have longer and longer conversations; in order, each call with an ending. */
export const script: fc.Arbitrary<LogEvent[]> = fc
  .array(fc.tuple(fc.constantFrom('a', 'b'), made), { minLength: 1, maxLength: 6 })
  .map((calls) => {
    const histories = new Map<string, object[]>();
    return calls.flatMap(([agent, call], i): LogEvent[] => {
      const history = histories.get(agent) ?? [{ role: 'system', content: `You are ${agent}.` }];
      histories.set(agent, history);
      history.push({ role: 'user', content: call.asked });
      const messages = [...history];
      history.push({ role: 'assistant', content: call.said });
      return callEvents(agent, `call-${i}`, messages, call);
    });
  });

type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

function callEvents(agent: string, call_id: string, messages: object[], call: Made): LogEvent[] {
  const served = { provider: 'p', model: 'm' };
  const attempts = Array.from({ length: call.failures + 1 }, (_, i): LogEvent[] => {
    const status = i < call.failures ? 'error' : call.status;
    return [
      { type: 'attempt.start', call_id, number: i + 1, ...served },
      ...(i < call.failures
        ? []
        : call.progress.map((piece): LogEvent => ({ type: 'call.progress', call_id, text: piece }))),
      { type: 'attempt.end', call_id, number: i + 1, status },
    ];
  });
  const usage = { input_tokens: 3, output_tokens: 2, source: 'provider' as const };
  return [
    {
      type: 'call.start',
      call_id,
      agent: { id: agent, name: agent.toUpperCase() },
      operation: 'chat',
      ...served,
      messages,
    },
    ...attempts.flat(),
    {
      type: 'call.end',
      call_id,
      status: call.status,
      usage,
      cost_usd: 0.25,
      ...(call.status === 'ok' && { reply: { message: { role: 'assistant', content: call.said } } }),
    },
    ...call.tools.flatMap((name, i): LogEvent[] => [
      { type: 'tool.start', call_id, tool_call_id: `tool-${i}`, name, arguments: { i } },
      { type: 'tool.end', call_id, tool_call_id: `tool-${i}`, status: 'ok', result: name },
    ]),
    ...(call.step === undefined
      ? []
      : [
          {
            type: 'step' as const,
            step_id: `step-${call_id}`,
            name: 'now',
            status: 'ok' as const,
            value: call.step,
            agent_id: agent,
          },
        ]),
    ...Array.from({ length: call.messages }, (_, i): LogEvent[] => {
      const id = { type: 'message' as const, message_id: `message-${call_id}-${i}` };
      return [
        { ...id, from: agent, to: 'b', call_id, content: call.said, status: 'delivered' },
        { ...id, status: 'handled' },
      ];
    }).flat(),
  ];
}

/**
 * What is left to record of a script when `tree` is on record already, as a program records it that is run again with its record:
 * what has ended is not told again, a call that was under way is sent once more, a tool without a result is run once more.
 */
export function restOf(events: readonly LogEvent[], tree: RunTree | undefined): LogEvent[] {
  const calls = new Map(tree?.agents.flatMap((agent) => agent.calls).map((call) => [call.id, call]));
  const messages = new Map(tree?.messages.map((message) => [message.id, message.status]));
  const steps = new Set(tree?.steps?.map(({ id }) => id));
  return events.flatMap((event): LogEvent[] => {
    if (event.type === 'step') return steps.has(event.step_id) ? [] : [event];
    if (event.type === 'message') {
      const status = messages.get(event.message_id);
      return status === event.status || status === 'handled' ? [] : [event];
    }
    if (!('call_id' in event)) return [event];
    const call = calls.get(String(event.call_id));
    return call === undefined ? [event] : restOfCall(event, call);
  });
}

function restOfCall(event: LogEvent, call: CallNode): LogEvent[] {
  const hasEnded = call.status !== 'open' && call.status !== 'interrupted';
  switch (event.type) {
    case 'call.start':
      return [];
    case 'tool.start':
    case 'tool.end': {
      const tool = call.tool_calls.find(({ id }) => id === event.tool_call_id);
      return tool?.status === 'ok' ? [] : [event];
    }
    case 'call.progress':
    case 'call.end':
      return hasEnded ? [] : [event];
    case 'attempt.start':
    case 'attempt.end': {
      if (hasEnded) return [];
      // Failed ones count; one without an ending and a good one whose reply is lost are made again, under the next number.
      const failed = call.attempts.filter(({ status }) => status === 'error').length;
      if (event.number <= failed) return [];
      return [{ ...event, number: event.number + call.attempts.length - failed }];
    }
    default:
      return [event];
  }
}
