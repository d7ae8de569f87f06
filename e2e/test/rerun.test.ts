import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AgentNode, CallNode, MessageNode, RunTree } from '@pd/call-log/schema';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../src/browser.ts';
import { checkRecording, type Shown } from '../src/check-recording.ts';
import { chunksOf } from '../src/rerun-chunks.ts';
import { withBytes, withText } from '../src/rerun-frames.ts';
import { openRecording } from '../src/rerun-viewer.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const totals = { calls: 0, attempts: 0, errors: 0, input_tokens: 0, output_tokens: 0, unpriced_calls: 0 };
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 9) + seconds * 1000).toISOString();

/** Three who ask in turn; what they are called is nobody's idea of a name. */
const NAMES = ['__proto__', '</script>\u202egnp', 'שלום \ud800 ⚙'];
const CALLS = 12;

function hostileRun(): RunTree {
  const agents = NAMES.map((id): AgentNode => ({ id, totals, calls: [] }));
  const messages: MessageNode[] = [];
  for (let number = 0; number < CALLS; number++) {
    const [agent, next] = [agents[number % 3], agents[(number + 1) % 3]];
    if (agent === undefined || next === undefined) throw new Error('there are three');
    const call: CallNode = {
      id: `call-${number}`,
      operation: 'chat',
      status: number === 5 ? 'error' : 'ok',
      agent_source: 'binding',
      started_at: at(number * 2),
      ended_at: at(number * 2 + 1),
      duration_ms: 1000,
      pre: {
        provider: 'openai',
        model: 'm',
        messages: [{ role: 'user', content: `\u001b[31m${number}\u0000` }],
      },
      ...(number === 5
        ? { error: { type: 'APIError', status: 500, message: '<img src=x onerror=alert(1)>' } }
        : { post: { message: { role: 'assistant', content: 'x'.repeat(100_000) } } }),
      attempts: [],
      tool_calls: [],
    };
    agent.calls.push(call);
    messages.push({
      id: `message-${number}`,
      from: agent.id,
      to: next.id,
      call_id: call.id,
      at: at(number * 2 + 1),
      content: 'a\nb\r\nc',
      status: 'handled',
    });
  }
  const run: RunTree['run'] = { id: 'run', name: 'hostile', status: 'completed', metadata: {}, totals };
  return {
    schema_version: 1,
    run,
    agents,
    messages,
    orphans: [],
    audit: { events: 0, unpriced_calls: 0, damaged_lines: 0 },
  };
}

const folder = temporaryFolder();
const browser: Browser | undefined = await openBrowser(process.env, 'webgl');
let recording: Buffer;
let shown: Shown;

beforeAll(() => {
  const log = join(folder, 'run.json');
  writeFileSync(log, JSON.stringify(hostileRun()));
  const manifest = createRequire(import.meta.url).resolve('@pd/visualizer/package.json');
  execFileSync(process.execPath, [join(dirname(manifest), 'dist/cli.js'), 'rerun', log]);
  recording = readFileSync(join(folder, 'run.rrd'));
  shown = whatIsShown(recording);
});
afterAll(() => browser?.close());

/** Nodes, their places and the bounds as they stand in the file: the first of four nodes asks the last and writes to the second. */
function whatIsShown(recording: Buffer): Shown {
  const [nodes] = chunksOf(recording, /^\/graph$/);
  const [bounds] = chunksOf(recording, /VisualBounds2D$/);
  const places: Iterable<number>[] = [...(nodes?.getChild('GraphNodes:positions')?.get(0) ?? [])];
  const { x_range: x, y_range: y } = bounds?.getChild('VisualBounds2D:range')?.get(0)?.get(0) ?? {};
  expect(places).toHaveLength(4);
  return {
    calls: CALLS,
    positions: places.map(([...place]) => place as [number, number]),
    width: x?.get(1),
    height: y?.get(1),
    firstLinks: [
      [0, 3],
      [0, 1],
    ],
  };
}

/**
 * What must not be taken for whole. Each takes a start of the viewer, so that only the first two are tried without PD_SOAK: those that the
 * console says nothing of, and that show that the clicks on the nodes and the pixels of the edges do tell.
 */
const DAMAGES: [string, (whole: Buffer) => Buffer][] = [
  ['nodes of another name', (whole) => withText(whole, 'GraphNodes:node_ids', 'GraphNodes:nude_ids')],
  ['edges of another name', (whole) => withText(whole, 'GraphEdges:edges', 'GraphEdges:hedge')],
  ['another entity', (whole) => withText(whole, '/graph', '/grape')],
  ['columns of no kind', (whole) => withText(whole, 'rerun:kind', 'rerun:kine')],
  ['a file that was cut', (whole) => whole.subarray(0, whole.length * 0.8)],
  ['no magic', (whole) => withBytes(whole, 0, 0x58)],
  ['a frame of an unknown kind', (whole) => withBytes(whole, 12, 0x63)],
  ['an older version than the format', (whole) => withBytes(whole, 5, 22)],
];

describe.skipIf(browser === undefined)('a recording in the Rerun viewer', () => {
  const check = async (bytes: Buffer) => {
    if (browser === undefined) throw new Error('it needs a browser');
    const opened = await openRecording(browser, bytes);
    try {
      return await checkRecording(opened, shown);
    } finally {
      await opened.close();
    }
  };

  test('shows the nodes, the edges, and the calls, with nothing on the console', async () => {
    expect(await check(recording)).toEqual([]);
  });

  test.each(process.env.PD_SOAK === undefined ? DAMAGES.slice(0, 2) : DAMAGES)(
    'is not taken for whole: %s',
    async (_, damage) => {
      expect(await check(damage(recording))).not.toEqual([]);
    },
  );
});
