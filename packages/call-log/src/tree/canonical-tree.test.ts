import { describe, expect, it } from 'vitest';
import { callEnd, callStart, readRecords, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import type { LogEvent } from '../schema/logger-events.ts';
import { canonicalTree } from './canonical-tree.ts';

const tempDir = useTempDir();
let runs = 0;

/** The tree of a run that recorded these events. */
async function treeOf(events: LogEvent[], now = new Date()) {
  const log = createCallLog({
    dir: tempDir(),
    tree: false,
    defaultRun: { id: `r${runs++}`, name: 'n' },
    now: () => now,
  });
  for (const event of events) log.logger(event);
  const { journalPath } = log.defaultRun();
  await log.close();
  expect(readRecords(journalPath).length).toBeGreaterThan(events.length);
  return readTree(journalPath);
}

/** One exchange of two agents; ids, times and whatever else differs between two executions come from `salt`. */
function exchange(salt: number, { reply = 'hi', reversed = false } = {}): LogEvent[] {
  const parts = ['a', 'b'].map((agent): LogEvent[] => {
    const id = `${agent}-${salt}`;
    return [
      callStart(id, {
        agent: { id: agent },
        messages: [{ role: 'user', content: 'ask' }],
        provider: `port-${salt}`,
      }),
      {
        type: 'attempt.start',
        call_id: id,
        number: 1,
        provider: `port-${salt}`,
        model: 'm',
        waited_ms: salt,
      },
      { type: 'attempt.end', call_id: id, number: 1, status: 'ok', duration_ms: salt },
      callEnd(id, {
        duration_ms: salt,
        time_to_first_chunk_ms: salt,
        reply: { id: `reply-${salt}`, message: { role: 'assistant', content: reply } },
      }),
      {
        type: 'message',
        message_id: `m-${id}`,
        from: agent,
        to: 'human',
        call_id: id,
        content: reply,
        status: 'delivered',
      },
    ];
  });
  return (reversed ? parts.toReversed() : parts).flat();
}

describe('canonicalTree', () => {
  it('is the same for two executions, whatever their times, ids and order of arrival', async () => {
    const one = canonicalTree(await treeOf(exchange(1), new Date(1)));
    const two = canonicalTree(await treeOf(exchange(2, { reversed: true }), new Date(2)));
    expect(two).toEqual(one);
    expect(JSON.stringify(one)).not.toMatch(/1970|reply-|port-|a-1/);
  });

  it('does not show an attempt that was interrupted before the one that counts', async () => {
    const interrupted: LogEvent = {
      type: 'attempt.start',
      call_id: 'a-1',
      number: 1,
      provider: 'p',
      model: 'm',
    };
    const [start, attempt, end, ...rest] = exchange(1);
    const again = [
      start,
      interrupted,
      { ...attempt, number: 2 },
      { ...end, number: 2 },
      ...rest,
    ] as LogEvent[];
    expect(canonicalTree(await treeOf(again))).toEqual(canonicalTree(await treeOf(exchange(1))));
  });

  it.each<[string, (events: LogEvent[]) => LogEvent[]]>([
    ['a reply', () => exchange(1, { reply: 'other' })],
    [
      'a request',
      (events) =>
        events.map((event) =>
          event.type === 'call.start' ? { ...event, messages: [{ role: 'user', content: 'other' }] } : event,
        ),
    ],
    [
      'a parameter',
      (events) =>
        events.map((event) =>
          event.type === 'call.start' ? { ...event, parameters: { temperature: 1 } } : event,
        ),
    ],
    [
      'an ending',
      (events) => events.map((event) => (event.type === 'call.end' ? { ...event, status: 'error' } : event)),
    ],
    [
      'an attempt',
      (events) => events.filter(({ type }) => type !== 'attempt.end' && type !== 'attempt.start'),
    ],
    [
      'an addressee',
      (events) => events.map((event) => (event.type === 'message' ? { ...event, to: 'b' } : event)),
    ],
    ['an agent', (events) => [...events, { type: 'agent.start', agent: { id: 'c' } }]],
    [
      'a tool call',
      (events) => [...events, { type: 'tool.start', call_id: 'a-1', tool_call_id: 't', name: 'f' }],
    ],
  ])('differs when %s differs', async (_, change) => {
    const one = canonicalTree(await treeOf(exchange(1)));
    expect(canonicalTree(await treeOf(change(exchange(1))))).not.toEqual(one);
  });
});
