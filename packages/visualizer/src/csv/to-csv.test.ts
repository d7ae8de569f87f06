import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree } from '../fixtures/build-tree.ts';
import { anyTree } from '../fixtures/tree-arbitrary.ts';
import { csvCell } from './csv-cell.ts';
import { toCsv } from './to-csv.ts';

describe('csvCell', () => {
  it.each([
    [undefined, ''],
    [0, '0'],
    [-1.5, '-1.5'],
    [true, 'true'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\n=1"'],
    ['\u001b[31m', '\ufffd[31m'],
  ])('%j becomes %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

it('has a row per call, with nothing where nothing is known', () => {
  const csv = toCsv(
    buildTree({
      agents: [
        buildAgent('=cmd|calc', [
          buildCall('c1', { cost_usd: 0.25, usage: { input_tokens: 7, source: 'provider' } }),
          buildCall('c2', {
            status: 'error',
            error: { type: 'RateLimitError', status: 429, message: 'slow, please' },
          }),
        ]),
        buildAgent('idle'),
      ],
    }),
  );
  const [head = [], ...rows] = parseCsv(csv);
  const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
  expect(named).toMatchObject([
    {
      agent_id: "'=cmd|calc",
      call_id: 'c1',
      status: 'ok',
      input_tokens: '7',
      output_tokens: '',
      cost_usd: '0.25',
    },
    { call_id: 'c2', status: 'error', error_status: '429', error_message: 'slow, please', cost_usd: '' },
  ]);
});

it('is read back as so many rows of so many cells, none of them a formula', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const rows = parseCsv(toCsv(tree));
      expect(rows).toHaveLength(1 + tree.agents.reduce((sum, { calls }) => sum + calls.length, 0));
      for (const row of rows) {
        expect(row).toHaveLength(rows[0]?.length ?? 0);
        for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]/);
      }
    }),
  );
});

/** RFC 4180, as far as a reader needs it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}
