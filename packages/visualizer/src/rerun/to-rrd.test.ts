import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildMessage, buildTree, timeAt } from '../fixtures/build-tree.ts';
import { readRrd } from '../fixtures/read-rrd.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { toRrd } from './to-rrd.ts';

/** Two who speak in turn, the second of whom fails, and a person who began. */
function demo() {
  return buildTree({
    name: 'demo',
    agents: [
      buildAgent('simple', [buildCall('c1', { started_at: timeAt(1), ended_at: timeAt(2) })]),
      buildAgent('chaos', [
        buildCall('c2', {
          started_at: timeAt(3),
          ended_at: timeAt(4),
          status: 'error',
          error: { type: 'APIError', status: 500, message: 'out of order' },
        }),
      ]),
      buildAgent('user', [], 'person'),
    ],
    messages: [
      buildMessage({ id: 'm1', from: 'user', to: 'simple', at: timeAt(0), content: 'begin' }),
      buildMessage({
        id: 'm2',
        from: 'simple',
        to: 'chaos',
        at: timeAt(2),
        call_id: 'c1',
        content: 'and you?',
      }),
    ],
  });
}

const decode = async (...args: Parameters<typeof toRrd>) => readRrd(await toRrd(...args));

describe('toRrd', () => {
  it('is a recording, a blueprint, and the command to use it', async () => {
    const { header, frames } = await decode(demo());
    expect(header).toBe('525246320018010000020000');
    const kinds = frames.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 2)).toEqual([1, 1, 3]);
    expect([kinds[0], kinds.at(-1)]).toEqual([1, 3]);
  });

  it('has chunks with the metadata that the viewer needs, and ids of their own', async () => {
    const { chunks } = await decode(demo());
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
    for (const { metadata, fields, isStatic } of chunks) {
      expect(metadata['sorbet:version']).toBe('0.1.1');
      expect(fields[0]?.name).toBe('rerun.controls.RowId');
      const kinds = fields.map((field) => field.metadata.get('rerun:kind'));
      expect(kinds).toEqual([...kinds].sort((a, b) => order(a) - order(b)));
      expect(kinds.includes('index')).toBe(!isStatic);
    }
  });

  it('never has the same component both for good and for a time', async () => {
    const { chunks } = await decode(demo());
    const seen = new Map<string, boolean>();
    for (const { entity, fields, isStatic } of chunks)
      for (const { name } of fields.filter((field) => field.metadata.get('rerun:kind') === 'data')) {
        const key = `${entity} ${name}`;
        expect(seen.get(key) ?? isStatic, key).toBe(isStatic);
        seen.set(key, isStatic);
      }
  });

  it('tells in the log what was sent and what came back, in order', async () => {
    const { log } = await decode(demo());
    expect(log).toEqual([
      [0, 'INFO', '✉ user → simple: begin'],
      [0, 'INFO', '→ simple asks gpt-5-mini: user: hello'],
      [0, 'INFO', '← simple (1.00 s): hi'],
      [0, 'INFO', '✉ simple → chaos: and you?'],
      [1, 'INFO', '→ chaos asks gpt-5-mini: user: hello'],
      [1, 'ERROR', '← chaos (error, 1.00 s): APIError 500: out of order | hi'],
    ]);
  });

  it('lets edges appear as they are first used, and shows those in use', async () => {
    const { edges } = await decode(demo());
    const model = '🖥 gpt-5-mini';
    const first = ['👤 user>simple', `simple>${model}`, 'simple>chaos'];
    expect(edges('/graph', 'call')).toEqual([
      [0, first],
      [1, [...first, `chaos>${model}`]],
    ]);
    expect(edges('/active', 'call')).toEqual([
      [0, first],
      [1, [`chaos>${model}`]],
    ]);
    const ms = (seconds: number) => Date.parse(timeAt(seconds));
    expect(edges('/active', 'time')).toEqual([
      [ms(0), ['👤 user>simple']],
      [ms(1), [`simple>${model}`]],
      [ms(2), ['simple>chaos']],
      [ms(3), [`chaos>${model}`]],
      [ms(4), []],
    ]);
  });

  it('is the same for the same run, and another when the run has gone on', async () => {
    const whole = await toRrd(demo());
    expect(Buffer.compare(whole, await toRrd(demo()))).toBe(0);
    const later = demo();
    later.messages.push(buildMessage({ id: 'm3', content: 'more' }));
    expect((await decode(later)).chunks[0]?.id).not.toBe((await decode(demo())).chunks[0]?.id);
  });

  // Changes whenever the file does: look at it in the viewer (e2e/test/rerun.test.ts) before you write the new one down.
  it('is the file that was looked at', async () => {
    const bytes = await toRrd(demo());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '2a200f637117052bb5454a31fe87352e0eae6a8bc625cb4b1aff4b76ffef8077',
    );
  });

  it('clips what was said', async () => {
    const tree = buildTree({ messages: [buildMessage({ content: 'x'.repeat(10_000_000) })] });
    expect((await decode(tree, { maxTextLength: 10 })).log).toEqual([
      [0, 'INFO', `✉ a → b: ${'x'.repeat(9)}…`],
    ]);
  });

  it('takes runs of nothing, of unreadable times, and of calls that never ended', async () => {
    expect((await decode(buildTree())).log).toEqual([]);
    const calls = [
      buildCall('c1', { started_at: 'yesterday', ended_at: '+275000-01-01T00:00:00Z' }),
      buildCall('c2', { started_at: timeAt(5), ended_at: timeAt(1) }),
    ];
    const { ended_at: _, ...open } = buildCall('c3', { started_at: timeAt(6), status: 'open' });
    const { log } = await decode(buildTree({ agents: [buildAgent('a', [...calls, open])] }));
    expect(log.map(([call, , text]) => `${call}${text.slice(0, 1)}`)).toEqual(['0→', '0←', '1→', '1←', '2→']);
  });

  it('makes a file of anything that is a run', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async (tree) => {
        const { log } = await decode(tree);
        const calls = tree.agents.flatMap((agent) => agent.calls);
        const ended = calls.filter(({ status }) => status !== 'open').length;
        expect(log.length).toBeGreaterThanOrEqual(calls.length + ended + tree.messages.length);
        for (const [, , text] of log) expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 50 },
    );
  });
});

function order(kind: string | undefined): number {
  return ['control', 'index', 'data'].indexOf(kind ?? '');
}
