import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../test/helpers.ts';
import type { StoredMessage } from '../schema/events.ts';
import type { JsonValue } from '../schema/json.ts';
import { callsById, expandRequest } from '../tree/expand-request.ts';
import { MessageStore } from './message-store.ts';
import { recordLine } from './record-line.ts';
import { toPlainJson } from './to-plain-json.ts';
import { callStartRecord } from './to-record.ts';

type Message = { role: string; content: JsonValue };

const text = fc.oneof(fc.constantFrom('', 'yes', 'no', 'go on'), fc.string({ unit: 'grapheme' }));
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant', 'tool'),
  content: fc.oneof(text, fc.array(fc.record({ type: fc.constant('text'), text })), fc.constant(null)),
});

/** How an agent's next request follows from the one before. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('grow' as const), added: fc.array(message, { maxLength: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('slide' as const),
      keep: fc.nat(4),
      added: fc.array(message, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), keep: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fresh' as const),
      messages: fc.array(message, { maxLength: 4 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function next(before: Message[], change: Step): Message[] {
  switch (change.kind) {
    case 'grow':
      return [...before, ...change.added];
    case 'slide':
      return [...(change.keep === 0 ? [] : before.slice(-change.keep)), ...change.added];
    case 'cut':
      return before.slice(0, change.keep);
    case 'repeat':
      return before;
    case 'fresh':
      return change.messages;
  }
}

const script = fc.array(fc.record({ agent: fc.constantFrom('a', 'b'), change: step }), {
  minLength: 1,
  maxLength: 25,
});

/** The journal of such a script, and what every call really asked. */
function play(steps: { agent: string; change: Step }[]) {
  const store = new MessageStore();
  const last = new Map<string, Message[]>();
  const asked = new Map<string, Message[]>();
  const lines = steps.map(({ agent, change }, seq) => {
    const messages = next(last.get(agent) ?? [], change);
    last.set(agent, messages);
    asked.set(`c${seq}`, messages);
    const event = {
      type: 'call.start',
      call_id: `c${seq}`,
      operation: 'chat',
      provider: 'p',
      model: 'm',
      messages,
      at: 't',
    } as const;
    const plain = (value: unknown) => toPlainJson(value, (raw) => raw);
    const start = callStartRecord(event, { agentId: agent, source: 'explicit' }, plain, store);
    return `${recordLine(seq, start.record, start.messages)}\n`;
  });
  return { lines, asked };
}

describe('content addressing', () => {
  it('gives every request back exactly as it was given', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const { lines, asked } = play(steps);
        const calls = callsById(foldText(lines.join('')));
        for (const [id, messages] of asked) {
          const call = calls.get(id);
          expect(call).toBeDefined();
          // As text, so that the order of keys counts, too.
          if (call) expect(JSON.stringify(expandRequest(call, calls))).toBe(JSON.stringify(messages));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('writes the text of every message once', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const { lines, asked } = play(steps);
        const stored = lines.flatMap((text) =>
          (JSON.parse(text).messages as { message?: object }[]).flatMap(({ message }) =>
            message ? [JSON.stringify(message)] : [],
          ),
        );
        const distinct = new Set([...asked.values()].flat().map((message) => JSON.stringify(message)));
        expect(stored.toSorted()).toEqual([...distinct].toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('stays linear in a conversation that sends its whole history every time', () => {
    const grow = (i: number) => ({
      agent: 'a',
      change: { kind: 'grow' as const, added: [{ role: 'user', content: `turn ${i} ${'x'.repeat(500)}` }] },
    });
    const size = (turns: number) =>
      play(Array.from({ length: turns }, (_, i) => grow(i))).lines.join('').length;
    expect(size(200)).toBeLessThan(size(100) * 2.1);
  });
});

describe('the store', () => {
  it('never refers to what it was told to forget', () => {
    const store = new MessageStore();
    const messages = [{ role: 'user', content: 'hi' }];
    store.store('a', 'c1', messages);
    store.forget();
    const again = store.store('a', 'c2', messages);
    expect(again.history).toBeUndefined();
    expect(JSON.parse(again.messages)).toEqual([{ hash: expect.any(String), message: messages[0] }]);
  });

  it('never refers a call to itself, when an id is used twice', () => {
    const store = new MessageStore();
    const messages = [{ role: 'user', content: 'hi' }];
    store.store('a', 'c1', messages);
    expect(store.store('a', 'c1', messages).history).toBeUndefined();
  });

  it('keeps a message that is no object under "value"', () => {
    const { messages } = new MessageStore().store('a', 'c', ['text', 7, null, ['x']]);
    const stored = JSON.parse(messages) as StoredMessage[];
    expect(stored.map(({ message }) => message)).toEqual([
      { value: 'text' },
      { value: 7 },
      { value: null },
      { value: ['x'] },
    ]);
  });
});

describe('what is remembered is bounded', () => {
  const ask = (n: number) => [{ role: 'user', content: `${n}` }];

  it('messages: 20,000, then they are stored again', () => {
    const store = new MessageStore();
    const stored = (n: number) => store.store(`agent ${n}`, `c${n}`, ask(n)).messages.includes('"message"');
    for (let n = 0; n < 20_000; n++) expect(stored(n)).toBe(true);
    expect(stored(0)).toBe(false);
    expect(stored(20_000)).toBe(true);
    expect(stored(0)).toBe(true);
  });

  it('agents: the last requests of 1,000 at least, and of 2,000 at most', () => {
    const store = new MessageStore();
    const history = (n: number) => store.store(`agent ${n}`, `again ${n}`, ask(n)).history;
    for (let n = 0; n <= 2_000; n++) store.store(`agent ${n}`, `c${n}`, ask(n));
    expect(history(2_000)).toEqual({ call_id: 'c2000', take: 1 });
    expect(history(1_001)).toEqual({ call_id: 'c1001', take: 1 });
    expect(history(0)).toBeUndefined();
  });
});
