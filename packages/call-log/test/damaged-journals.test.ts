import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CallLogError } from '../src/errors/call-log-error.ts';
import { JournalFold } from '../src/reader/journal-fold.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { RecordedEvent } from '../src/schema/events.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import { type RunTree, runTreeSchema } from '../src/schema/tree.ts';
import { canonicalTree } from '../src/tree/canonical-tree.ts';
import { callsById, expandRequest } from '../src/tree/expand-request.ts';
import { createRandom, killScript } from './fixtures/kill-script.cjs';
import { line, useTempDir } from './helpers.ts';
import { journalLines } from './random-run.ts';

// PD_SEED=<number> repeats a run, PD_JOURNAL=<number> only one of its journals, PD_SOAK=<number> sets how many there are.
const SEED = Number(process.env.PD_SEED ?? Math.floor(Math.random() * 2 ** 32));
const ONLY = process.env.PD_JOURNAL;
const IN_MEMORY = Number(process.env.PD_SOAK ?? 2_400);
const ON_DISK = Math.ceil(IN_MEMORY / 24);

type Random = () => number;
const int = (random: Random, below: number) => Math.floor(random() * below);
const pick = <T>(random: Random, list: readonly T[]): T => list[int(random, list.length)] as T;

/** Journals as they were written, of different lengths; two never share an id. */
const whole: string[][] = Array.from({ length: 12 }, (_, i) => {
  const script = killScript(i + 1);
  const events: LogEvent[] = [];
  while (events.length < 8 + i * 4) {
    const event = JSON.parse(JSON.stringify(script.next().value)) as LogEvent;
    // Short, because what is tested is not how fast 10,000 large files are read.
    events.push(shortened(event, `${i}`));
  }
  return journalLines(events);
});

function shortened(event: LogEvent, run: string): LogEvent {
  const text = JSON.stringify(event, (key, value) => {
    if (typeof value === 'string' && ['call_id', 'message_id', 'tool_call_id'].includes(key))
      return `${value}-${run}`;
    return typeof value === 'string' && value.length > 60 ? value.slice(0, 30) : value;
  });
  return JSON.parse(text) as LogEvent;
}

/** JSON that no log writes. */
const HOSTILE = [
  'null',
  'true',
  '-1',
  '0.5',
  '1e999',
  '-1e999',
  '1e308',
  '9007199254740993',
  '""',
  '"\\ud800"',
  '"__proto__"',
  '[]',
  '{}',
  '[null]',
  '[[1e999]]',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1,"hasOwnProperty":null,"toJSON":"x","then":"y","length":-1}',
  '{"__proto__":null,"call_id":"__proto__"}',
  '{"call_id":"constructor","take":1e15}',
  '{"hash":"__proto__"}',
  '[{"hash":"constructor"},{"hash":"toString","message":{"__proto__":1}}]',
  '{"type":"call.end","call_id":"c0"}',
];
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const DEEP = [
  nested(65, '[', ']'),
  nested(300, '{"a":', '}'),
  nested(3_000, '[', ']'),
  nested(20_000, '[', ']'),
  nested(20_000, '{"__proto__":', '}'),
];
const BINARY = [
  Buffer.from([0, 0, 0, 0]),
  Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
  Buffer.from([0xed, 0xa0, 0x80]),
];

/** The places of a record's values, as ranges of its JSON text: what a wrong type is put in the place of. */
function valueRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) visit(child);
    const json = JSON.stringify(value);
    const at = text.indexOf(json);
    if (at !== -1) ranges.push([at, at + json.length]);
  };
  visit(JSON.parse(text));
  return ranges;
}

/** Kinds of damage, each to the lines of a journal or to one of them. */
const damages: Record<string, (lines: Buffer[], random: Random) => Buffer[]> = {
  'flipped bits': (lines, random) =>
    replaced(lines, random, (hurt) => {
      for (let i = 0; i <= int(random, 4); i++) {
        const at = int(random, hurt.length);
        hurt[at] = (hurt[at] ?? 0) ^ (1 << int(random, 8));
      }
      return hurt;
    }),
  'a cut': (lines, random) => {
    const all = Buffer.concat(lines);
    return [all.subarray(0, int(random, all.length + 1))];
  },
  'a lost beginning': (lines, random) => {
    const all = Buffer.concat(lines);
    return [all.subarray(int(random, all.length + 1))];
  },
  'a hole': (lines, random) => {
    const all = Buffer.concat(lines);
    const from = int(random, all.length);
    return [all.subarray(0, from), all.subarray(from + int(random, 400))];
  },
  'a doubled line': (lines, random) => lines.toSpliced(int(random, lines.length), 0, pick(random, lines)),
  'a lost line': (lines, random) => lines.toSpliced(int(random, lines.length), 1),
  'two swapped lines': (lines, random) => {
    const [a, b] = [int(random, lines.length), int(random, lines.length)];
    return lines.with(a, lines[b] as Buffer).with(b, lines[a] as Buffer);
  },
  'another order': (lines, random) =>
    lines
      .map((text) => ({ text, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ text }) => text),
  'lines of another run': (lines, random) => {
    const other = pick(random, whole).map((text) => Buffer.from(text));
    const from = int(random, other.length);
    return lines.toSpliced(int(random, lines.length), int(random, 3), ...other.slice(from, from + 6));
  },
  garbage: (lines, random) => {
    const noise = Buffer.from(Array.from({ length: int(random, 200) }, () => int(random, 256)));
    return lines.toSpliced(int(random, lines.length + 1), 0, noise, Buffer.from(random() < 0.7 ? '\n' : ''));
  },
  'invalid UTF-8 and NULs': (lines, random) =>
    replaced(lines, random, (hurt) => {
      const at = int(random, hurt.length);
      return Buffer.concat([hurt.subarray(0, at), pick(random, BINARY), hurt.subarray(at)]);
    }),
  'a huge line': (lines, random) => {
    const huge = pick(random, ['x', '"', '{', '[', ' ', '\0', '{"type":"call.end","call_id":"']);
    return lines.toSpliced(int(random, lines.length), 0, Buffer.from(`${huge.repeat(5_000)}\n`));
  },
  CRLF: (lines) => lines.map((text) => Buffer.from(text.toString().replace('\n', '\r\n'))),
  'a wrong type': (lines, random) => withValue(lines, random, HOSTILE),
  'a deep value': (lines, random) => withValue(lines, random, DEEP),
  'a hostile key': (lines, random) =>
    replaced(lines, random, (hurt) => {
      const key = pick(random, [
        '__proto__',
        'constructor',
        'prototype',
        'toJSON',
        'calls',
        'totals',
        'status',
        'id',
      ]);
      const value = pick(random, HOSTILE);
      return Buffer.from(hurt.toString().replace('{', `{${JSON.stringify(key)}:${value},`));
    }),
  'histories in a circle': (lines, random) => {
    const ids = lines.flatMap(
      (text) => /"type":"call.start".*?"call_id":"([^"]+)"/.exec(text.toString())?.[1] ?? [],
    );
    return lines.map((text) => {
      const record = text.toString();
      if (ids.length === 0 || !record.includes('"call.start"') || random() < 0.3) return text;
      const take = pick(random, [1, 2, 1e9]);
      const history = JSON.stringify({ call_id: pick(random, ids), take });
      return Buffer.from(record.replace('{', `{"history":${history},`).replace(/,"history":\{.*?\}/, ''));
    });
  },
  'an empty file': () => [],
};
const KINDS = Object.keys(damages);

function replaced(lines: Buffer[], random: Random, change: (hurt: Buffer) => Buffer): Buffer[] {
  const at = int(random, lines.length);
  return lines.with(at, change(Buffer.from(lines[at] as Buffer)));
}

function withValue(lines: Buffer[], random: Random, values: readonly string[]): Buffer[] {
  return replaced(lines, random, (hurt) => {
    let text = hurt.toString();
    try {
      const [from, to] = pick(random, valueRanges(text));
      text = `${text.slice(0, from)}${pick(random, values)}${text.slice(to)}`;
    } catch {
      // Damaged already.
    }
    return Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
  });
}

/** A damaged journal: its bytes, and which records of a log are whole in it, in order. */
function damagedJournal(seed: number) {
  const random = createRandom(seed);
  let lines: Buffer[] = pick(random, whole).map((text) => Buffer.from(text));
  const done: string[] = [];
  for (let i = 0, many = 1 + int(random, 3); i < many; i++) {
    const kind = pick(random, KINDS);
    done.push(kind);
    if (lines.length > 0) lines = damages[kind]?.(lines, random) ?? lines;
  }
  return { bytes: Buffer.concat(lines), done };
}

const written = new Set(whole.flat().map((text) => text.trimEnd()));

/** The records that came through, as they were written. */
function survivors(bytes: Buffer): RecordedEvent[] {
  return bytes
    .toString()
    .split('\n')
    .map((text) => text.replace(/\r$/, ''))
    .filter((text) => written.has(text))
    .map((text) => JSON.parse(text) as RecordedEvent);
}

class Folded extends JournalFold {
  readonly events: RecordedEvent[] = [];
  constructor() {
    super();
    const push = this.run.push.bind(this.run);
    this.run.push = (event) => {
      this.events.push(structuredClone(event));
      push(event);
    };
  }
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];
const safePrototypes = () =>
  JSON.stringify(prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String)));

/** What must hold of the tree of any journal. */
function expectSoundTree(tree: RunTree): void {
  const { error } = runTreeSchema.safeParse(tree);
  must(error === undefined, `the tree does not fit its schema: ${error?.message}`);
  const reread = runTreeSchema.safeParse(JSON.parse(JSON.stringify(tree)));
  must(reread.error === undefined, `the tree as JSON does not fit its schema: ${reread.error?.message}`);
  canonicalTree(tree);
  const calls = callsById(tree);
  for (const call of calls.values()) {
    must(call.status !== 'open', `call ${call.id} is open in a dead run`);
    try {
      expandRequest(call, calls);
    } catch (error) {
      must(CallLogError.isInstance(error), `expandRequest threw ${error}`);
    }
  }
}

/** Whatever was written whole is read, and stands in the tree with its content. */
function expectSurvivors(bytes: Buffer, events: readonly RecordedEvent[], tree: RunTree): void {
  let at = 0;
  const wanted = survivors(bytes);
  const places = new Map<RecordedEvent, number>();
  for (const record of wanted) {
    while (at < events.length && !isDeepStrictEqual(events[at], record)) at++;
    must(at < events.length, `${record.type} with seq ${record.seq} was whole and has not been read`);
    places.set(record, at++);
  }
  counted.survivors += wanted.length;
  counted.damagedLines += tree.audit.damaged_lines;
  counted.orphans += tree.orphans.length;
  const calls = callsById(tree);
  const beginnings = Map.groupBy(
    events.filter((e) => e.type === 'call.start'),
    (e) => e.call_id,
  );
  const endings = Map.groupBy(
    events.filter((e) => e.type === 'call.end'),
    (e) => e.call_id,
  );
  for (const record of wanted) {
    if (record.type !== 'call.start' || beginnings.get(record.call_id)?.length !== 1) continue;
    const call = calls.get(record.call_id);
    must(call !== undefined, `call ${record.call_id} is not in the tree`);
    must(
      call.pre.model === record.model && isDeepStrictEqual(call.pre.history, record.history),
      'its beginning differs',
    );
    for (const [i, stored] of record.messages.entries())
      if (stored.message !== undefined)
        must(
          isDeepStrictEqual(call.pre.messages[i], stored.message),
          `message ${i} of ${record.call_id} differs`,
        );
    const [ending, ...others] = endings.get(record.call_id) ?? [];
    if (ending === undefined)
      must(call.status === 'interrupted', `call ${call.id} has no ending and is ${call.status}`);
    else if (others.length === 0 && (places.get(record) ?? 0) < events.indexOf(ending)) {
      must(call.status === ending.status, `call ${call.id} is ${call.status}, not ${ending.status}`);
      must(isDeepStrictEqual(call.post, ending.reply), `the reply of ${call.id} differs`);
    }
  }
}

const counted = { survivors: 0, damagedLines: 0, orphans: 0 };

/** Runs `check` on one journal after the other; says which one it was that failed. */
async function fuzz(
  from: number,
  count: number,
  check: (bytes: Buffer, n: number) => unknown,
): Promise<void> {
  const before = safePrototypes();
  const numbers = ONLY === undefined ? Array.from({ length: count }, (_, i) => from + i) : [Number(ONLY)];
  for (const n of numbers) {
    const { bytes, done } = damagedJournal((SEED + n * 7919) >>> 0);
    try {
      await check(bytes, n);
      must(safePrototypes() === before, 'a prototype was touched');
    } catch (error) {
      throw new Error(`PD_SEED=${SEED} PD_JOURNAL=${n} (${done.join(', ')}): ${error}`, { cause: error });
    }
  }
}

const tempDir = useTempDir();
const timeout = { timeout: 300_000 };

describe('a damaged journal', timeout, () => {
  it(`is read as far as it is whole: ${IN_MEMORY} in memory`, async () => {
    await fuzz(0, IN_MEMORY, (bytes) => {
      const fold = new Folded();
      fold.push(bytes);
      fold.end();
      const tree = fold.run.tree({ alive: false });
      expectSoundTree(tree);
      expectSurvivors(bytes, fold.events, tree);
    });
    // Neither all damaged nor none.
    if (ONLY === undefined)
      for (const many of Object.values(counted)) expect(many).toBeGreaterThan(IN_MEMORY / 4);
  });

  it(`is read as far as it is whole: ${ON_DISK} with readTree()`, async () => {
    await fuzz(IN_MEMORY, ON_DISK, async (bytes) => {
      const path = join(tempDir(), 'run.jsonl');
      writeFileSync(path, bytes);
      const fold = new Folded();
      fold.push(bytes);
      fold.end();
      try {
        const tree = await readTree(path);
        expectSoundTree(tree);
        expectSurvivors(bytes, fold.events, tree);
      } catch (error) {
        if (!CallLogError.isInstance(error)) throw error;
        // Nothing in it, or it says that it is from the future.
        must(fold.events.length === 0 || error.code === 'unsupported_version', String(error));
      }
    });
  });

  /** Journals that grow in one place only, which is where a reader that is not careful gets slow. */
  const attempt = { at: 't', call_id: 'c', provider: 'p', model: 'm' };
  const begin = { type: 'call.start', at: 't', call_id: 'c', agent_id: 'a', agent_source: 'explicit' };
  const call = { ...begin, operation: 'chat', provider: 'p', model: 'm', messages: [] };
  it.each<[string, (size: number) => string]>([
    ['no line end', (size) => 'x'.repeat(size * 300)],
    ['line ends only', (size) => '\n'.repeat(size * 300)],
    ['brackets', (size) => '['.repeat(size * 300)],
    [
      'one wide record',
      (size) => `{"type":"run.start","seq":1,"at":"t","metadata":{"x":[${'1,'.repeat(size * 20)}1]}}`,
    ],
    ['calls', (size) => times(size, (i) => ({ ...call, call_id: `c${i}` }))],
    ['the same call', (size) => times(size, () => call)],
    ['orphans', (size) => times(size, () => ({ type: 'call.end', at: 't', call_id: 'x', status: 'ok' }))],
    [
      'attempts of one call',
      (size) =>
        line({ seq: 0, ...call }) +
        times(size, (number) => ({ type: 'attempt.start', ...attempt, number: number + 1 })),
    ],
    [
      'tools of one call',
      (size) =>
        line({ seq: 0, ...call }) +
        times(size, (i) => ({
          type: 'tool.start',
          at: 't',
          call_id: 'c',
          tool_call_id: `t${i}`,
          name: 'n',
        })) +
        times(size, (i) => ({
          type: 'tool.end',
          at: 't',
          call_id: 'c',
          tool_call_id: `t${size - i - 1}`,
          status: 'ok',
        })),
    ],
    [
      'one message',
      (size) => times(size, () => ({ type: 'message', at: 't', message_id: 'm', status: 'handled' })),
    ],
    [
      'one agent',
      (size) => times(size, (i) => ({ type: 'agent.start', at: 't', agent: { id: 'a', [`x${i}`]: i } })),
    ],
  ])('is read in a time that grows no faster than its size: %s', (_, journal) => {
    const [small, large] = [3_000, 30_000].map((size) => Buffer.from(journal(size))) as [Buffer, Buffer];
    workToFold(small);
    const before = Math.min(workToFold(small), workToFold(small));
    // Ten times as much, three times that for a busy machine, and something for a small one that takes no time.
    expect(workToFold(large)).toBeLessThan(30 * before + 200);
  });
});

function times(count: number, record: (i: number) => object): string {
  return Array.from({ length: count }, (_, i) => line({ seq: i + 1, ...record(i) })).join('');
}

/** Milliseconds of CPU time, because the machine has other things to do. */
function workToFold(journal: Buffer): number {
  const before = process.cpuUsage();
  const fold = new JournalFold();
  for (let from = 0; from < journal.length; from += 65_536) fold.push(journal.subarray(from, from + 65_536));
  fold.end();
  fold.run.tree({ alive: false });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
