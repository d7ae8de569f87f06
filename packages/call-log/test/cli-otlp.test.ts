import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import type { CallLogOptions } from '../src/call-log-contract.ts';
import { spansToEvents } from '../src/otel/spans-to-events.ts';
import { fromOtlp } from '../src/otlp/from-otlp.ts';
import { toOtlpRequest } from '../src/otlp/otlp-json.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { RunTree } from '../src/schema/tree.ts';
import { startCollector } from './collector.ts';
import { callEnd, callStart, useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';
import { recordedSpans, treesOf } from './spans.ts';
import { startCommand } from './start-command.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);
const logs = () => inDir('logs');
const callLog = (...args: string[]) => callLogIn(logs(), ...args);
const callLogIn = (dir: string, ...args: string[]) => startCommand([...args, '--dir', dir]).ended;

async function record(id: string, options: CallLogOptions = {}): Promise<void> {
  const log = createCallLog({ dir: logs(), tree: 'inline', progressMs: 0, ...options });
  await log.run({ id, name: 'test', metadata: { a: 1 } }, () => {
    log.logger(callStart('c1', { agent: { id: 'asker', name: 'Ann' } }));
    log.logger(callEnd('c1', { reply: { message: { role: 'assistant', content: 'so' } }, duration_ms: 20 }));
    log.logger({ type: 'log', level: 'info', message: 'a line', call_id: 'c1' });
    log.logger({ type: 'tool.end', call_id: 'nowhere', tool_call_id: 't', status: 'ok' });
    log.logger(callStart('c2', { agent: { id: 'asker' } }));
    log.logger({
      type: 'call.progress',
      call_id: 'c2',
      text: 'half of a reply, so long that some is written',
    });
  });
  await log.close();
}

/** Without what tells of the journal itself. */
function withoutJournal({ audit: { events: _, ...audit }, orphans, ...tree }: RunTree) {
  return { ...tree, audit, orphans: orphans.map(({ seq: __, ...orphan }) => orphan) };
}

/** A trace of another instrumentation, as a collector's file exporter writes it. */
const foreign = JSON.stringify({
  resourceSpans: [
    {
      resource: {},
      scopeSpans: [
        {
          scope: { name: 'opentelemetry.instrumentation.openai' },
          spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'chat' }],
        },
      ],
    },
  ],
});

describe('export and import', () => {
  it.each([true, false])(
    'give back the same run, on which every command works; content: %s',
    async (captureContent) => {
      await record('run-1', { captureContent });
      const file = inDir('run.otlp.json');
      expect(await callLog('export', '--otlp', 'run-1', '-o', file)).toMatchObject({
        code: 0,
        stdout: `4 spans of 1 run to ${file}\n`,
        stderr: '',
      });
      expect(readdirSync(tempDir()).toSorted()).toEqual(['logs', 'run.otlp.json']);
      const again = inDir('again');
      expect(await callLogIn(again, 'import', file)).toMatchObject({
        code: 0,
        stdout: `run-1  completed  1 agent, 2 calls  ${join(again, 'run-1.jsonl')}\n`,
      });
      const [before, after] = await Promise.all([
        readTree(join(logs(), 'run-1')),
        readTree(join(again, 'run-1')),
      ]);
      expect(withoutJournal(after)).toEqual(withoutJournal(before));
      expect(JSON.parse(readFileSync(join(again, 'run-1.json'), 'utf8'))).toEqual(after);
      expect(await callLogIn(again, 'verify', '--all')).toMatchObject({ code: 0 });
      expect((await callLogIn(again, 'show', 'latest')).stdout).toBe(
        (await callLog('show', 'latest')).stdout,
      );
      expect((await callLogIn(again, 'export', '--otlp', '--all')).stdout.length).toBeGreaterThan(1000);
    },
  );

  it('keep a killed run as it was: interrupted, without an end and without counts that nobody knew', async () => {
    mkdirSync(logs());
    await runProgram('record-until-the-end.mjs', [logs(), 'SIGKILL', '0'], {
      onLine: (lines, kill) => lines >= 50 && kill('SIGKILL'),
    });
    const file = inDir('killed.jsonl');
    await callLog('export', '--otlp', 'latest', '-o', file);
    const imported = await callLogIn(inDir('again'), 'import', file, '--json');
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    const before = await readTree(join(logs(), 'run'));
    const after = await readTree(join(inDir('again'), 'run'));
    expect(after.run.status).toBe('interrupted');
    expect(withoutJournal(after)).toEqual({
      ...withoutJournal(before),
      // A line that the kill has torn is not exported.
      audit: { ...withoutJournal(before).audit, damaged_lines: 0 },
    });
  });

  it('to standard output, several runs one line each, the same every time', async () => {
    await record('run-1');
    await record('run-2');
    const { stdout } = await callLog('export', '--otlp', '--all');
    expect(stdout).toBe((await callLog('export', '--otlp', 'run-1', 'run-2')).stdout);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    const trees = await fromOtlp(lines.map((line) => JSON.parse(line) as unknown));
    expect(trees.map(({ run }) => run.id)).toEqual(['run-1', 'run-2']);
  });

  it('never write over anything, and take another id and name', async () => {
    await record('run-1');
    const file = inDir('run.jsonl');
    await callLog('export', '--otlp', 'run-1', '-o', file);
    const before = readFileSync(join(logs(), 'run-1.jsonl'));
    expect(await callLog('import', file)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^skipped: .*run-1\.jsonl exists already/),
    });
    expect(readFileSync(join(logs(), 'run-1.jsonl'))).toEqual(before);
    await callLog('import', file, '--run-id', 'copy', '--name', 'other');
    expect((await readTree(join(logs(), 'copy'))).run).toMatchObject({ id: 'copy', name: 'other' });
    expect(await callLog('import', file, '--run-id', '../out')).toMatchObject({ code: 1 });
    expect(existsSync(inDir('out.jsonl'))).toBe(false);
    expect(await callLog('import', file, file, '--run-id', 'x')).toMatchObject({ code: 2 });
  });
});

describe('export to a collector', () => {
  it('posts spans with the headers that were given', async () => {
    await record('run-1');
    const collector = await startCollector();
    const headers = ['--header', 'authorization: Bearer abc', '--header', 'x-scope:one'];
    expect(await callLog('export', '--otlp', 'run-1', '--url', collector.url, ...headers)).toMatchObject({
      code: 0,
      stdout: `4 spans of 1 run to ${collector.url}/v1/traces\n`,
      stderr: '',
    });
    expect(collector.received[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-scope': 'one' });
    expect(await fromOtlp(collector.received.map(({ body }) => body))).toEqual([
      await readTree(join(logs(), 'run-1')),
    ]);
  });

  it('tries again, and says what was not taken', async () => {
    await record('run-1');
    const collector = await startCollector((response, count) => {
      if (count === 1) response.writeHead(503);
      response.end('{"partialSuccess":{"rejectedSpans":2,"errorMessage":"no room"}}');
    });
    const { code, stdout, stderr } = await callLog(
      'export',
      '--otlp',
      'run-1',
      '--url',
      collector.url,
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'lost: no room\n' });
    expect(JSON.parse(stdout)).toEqual({ runs: 1, spans: 2, lost: 2, to: `${collector.url}/v1/traces` });
  });
});

describe('import', () => {
  it('makes a run of a conversation', async () => {
    const file = inDir('talk.json');
    const history = [
      { role: 'human', content: 'Where is it?' },
      { role: 'Orchestrator (thought)', content: 'Hm.' },
      { role: 'Orchestrator (-> WebSurfer)', content: 'Look it up.' },
      { role: 'WebSurfer', content: 'In Rome.' },
    ];
    writeFileSync(file, JSON.stringify({ question: 'x', history }, null, 2));
    const { stdout } = await callLog('import', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ status: 'completed', agents: 2, calls: 3 }]);
    const tree = await readTree(join(logs(), JSON.parse(stdout)[0].id as string));
    expect(tree.run).toMatchObject({ name: 'talk', metadata: { imported_from: 'talk.json' } });
    expect(tree.agents).toMatchObject([
      { id: 'human', role: 'person', calls: [] },
      {
        id: 'Orchestrator',
        calls: [
          { pre: { messages: [{ content: 'Where is it?' }] } },
          { post: { message: { content: 'Look it up.' } } },
        ],
      },
      {
        id: 'WebSurfer',
        calls: [{ pre: { messages: [{ role: 'user', content: 'Look it up.', name: 'Orchestrator' }] } }],
      },
    ]);
    expect(tree.messages).toMatchObject([
      { from: 'human', to: 'Orchestrator' },
      { from: 'Orchestrator', to: 'WebSurfer', call_id: 'turn-3' },
    ]);
  });

  it('makes a run of the trace of another instrumentation, ended as it ended', async () => {
    const text = (value: string) => ({ stringValue: value });
    const attributes = Object.entries({
      'gen_ai.operation.name': text('chat'),
      'gen_ai.provider.name': text('openai'),
      'gen_ai.request.model': text('m-1'),
      'gen_ai.agent.id': text('critic'),
      'gen_ai.input.messages': text('[{"role":"user","parts":[{"type":"text","content":"hello"}]}]'),
      'gen_ai.usage.input_tokens': { intValue: '7' },
    }).map(([key, value]) => ({ key, value }));
    const span = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      name: 'chat m-1',
      startTimeUnixNano: '1790000000000000000',
      endTimeUnixNano: '1790000001000000000',
      attributes,
      status: { code: 2, message: 'no answer' },
    };
    const file = inDir('other.json');
    writeFileSync(file, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
    expect(await callLog('import', file)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^a{32} {2}failed/),
    });
    const tree = await readTree(join(logs(), 'a'.repeat(32)));
    expect(tree.run).toMatchObject({
      name: 'chat m-1',
      status: 'failed',
      started_at: '2026-09-21T14:13:20.000Z',
    });
    expect(tree.agents).toMatchObject([
      { id: 'critic', calls: [{ status: 'error', duration_ms: 1000, usage: { input_tokens: 7 } }] },
    ]);
    expect(tree.agents[0]?.calls[0]?.pre.messages).toEqual([{ role: 'user', content: 'hello' }]);
  });
  it.each(['ai-sdk-7', 'ai-sdk-5', 'openllmetry-0.27', 'openinference-4'])(
    'makes runs of the traces of others: %s',
    async (name) => {
      const file = inDir('trace.jsonl');
      const spans = recordedSpans(name);
      writeFileSync(file, JSON.stringify(toOtlpRequest(spans)));
      expect(await callLog('import', file)).toMatchObject({ code: 0, stderr: '' });
      const events = spansToEvents(spans);
      const expected = [...(await treesOf(inDir('expected'), events)).values()];
      for (const { run, agents } of expected) {
        const tree = await readTree(join(logs(), `${run.id}.jsonl`));
        expect(tree.run).toEqual({ ...run, metadata: { imported_from: 'trace.jsonl' } });
        expect(tree.agents).toEqual(agents);
      }
      expect(await callLog('verify', '--all')).toMatchObject({ code: 0 });
    },
  );

  it("reads a collector's file: torn lines, other signals and other programs are said and left out", async () => {
    await record('run-1');
    const { stdout: ours } = await callLog('export', '--otlp', 'run-1');
    const file = inDir('collector.jsonl');
    writeFileSync(file, `{"resourceMetrics":[]}\n${ours}\n${foreign}\n${ours.slice(0, 500)}`);
    const { code, stdout, stderr } = await callLogIn(inDir('again'), 'import', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^run-1 {2}completed/);
    expect(stderr).toMatch(/1 line is no JSON/);
    expect(stderr).toMatch(/1 request has logs or metrics/);
    expect(stderr).toMatch(/1 trace does not tell of .* \(spans of opentelemetry\.instrumentation\.openai\)/);
  });

  it.each([
    ['', 'it is empty'],
    ['no json', 'it is neither JSON nor JSON lines'],
    ['{"a":1}', 'it is neither OTLP/JSON ("resourceSpans") nor a conversation'],
    ['[{"content":7}]', 'not a recorded conversation at the top[0].content'],
    ['{"resourceSpans":[]}', 'there are no spans in it'],
    ['{"resourceSpans":[7]}', 'line 1: not OTLP/JSON at resourceSpans[0]'],
    ['{\n"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}', 'spans[0].traceId: it is not 32 hex digits'],
    ['{"seq":0,"type":"segment.start"}', 'it is a run already'],
    [
      foreign,
      '1 trace does not tell of a model, a tool or an agent (spans of opentelemetry.instrumentation.openai)',
    ],
  ])('%j: one line, nothing written', async (text, problem) => {
    const file = inDir('x.json');
    writeFileSync(file, text);
    const { code, stdout, stderr } = await callLog('import', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^skipped: [^\n]*\n$/);
    expect(stderr).toContain(problem);
    expect(existsSync(logs())).toBe(false);
  });
});

it.each([
  [['export', 'x'], '--otlp'],
  [['export', '--otlp'], 'say which runs'],
  [['export', '--otlp', '--all', '--messages', 'some'], 'all or new'],
  [['export', '--otlp', '--all', '--header', 'a:b'], '--header is for --url'],
  [['export', '--otlp', '--all', '--url', 'x'], 'not a URL'],
  [['export', '--otlp', '--all', '--url', 'http://x', '--header', 'secret'], 'a name and a value'],
  [['export', '--otlp', '--all', '--url', 'http://x', '-o', 'y'], 'two places'],
  [['import'], 'say which files'],
])('%j is not understood, in one line', async (args, problem) => {
  mkdirSync(logs());
  const { code, stdout, stderr } = await callLog(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(problem);
  expect(stderr).not.toContain('secret');
});
