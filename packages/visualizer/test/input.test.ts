import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRun } from './recorded-run.ts';
import { startCommand } from './run-command.ts';

let dir = '';
const inDir = (name: string) => join(dir, name);
const write = (name: string, content: string | Uint8Array) => writeFileSync(inDir(name), content);
const run = (...args: string[]) => startCommand(args, dir).ended;

const CHAT = JSON.stringify([
  { role: 'user', content: 'hi' },
  { role: 'assistant', content: 'hello' },
]);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pd-visualizer-test-'));
  await recordRun(inDir('logs'), 'run-1');
  await recordRun(inDir('logs'), 'run-2');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('what is read', () => {
  it.each(['logs/run-1.jsonl', 'logs/run-1.json', 'logs/run-1', 'run-1', 'latest'])('%s', async (given) => {
    expect(await run('mermaid', given)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('ann'),
    });
  });

  it('a conversation, however it is called, packed or not; the same every time', async () => {
    write('chat.json', CHAT);
    write('chat.txt', CHAT);
    write('chat.json.gz', gzipSync(CHAT));
    for (const format of ['mermaid', 'show', 'markdown', 'csv']) {
      const plain = await run(format, 'chat.json');
      expect(plain).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('a conversation has no times'),
      });
      expect(await run(format, 'chat.json.gz')).toEqual(plain);
    }
    expect((await run('html', 'chat.txt')).stdout).toBe('chat.txt.html\n');
    expect((await run('show', 'chat.txt')).stdout).toMatch(/user ───▶ assistant/);
  });

  it('OTLP/JSON, and a log that is packed', async () => {
    const { stdout } = await run('otlp', 'run-1');
    write('traces.json', stdout);
    expect((await run('mermaid', 'traces.json')).stdout).toBe((await run('mermaid', 'run-1')).stdout);
    write('packed.jsonl.gz', gzipSync(readFileSync(inDir('logs/run-1.jsonl'))));
    expect((await run('show', 'packed.jsonl.gz')).stdout).toBe((await run('show', 'run-1')).stdout);
  });

  it('a run that died, as far as it got', async () => {
    const lines = readFileSync(inDir('logs/run-1.jsonl'), 'utf8').split('\n');
    const begun = lines.findIndex((line) => line.includes('"call.start"')) + 1;
    const header = (lines[0] ?? '').replace(/"pid":\d+/, '"pid":999999999');
    write('died.jsonl', [header, ...lines.slice(1, begun), lines[begun]?.slice(0, 20)].join('\n'));
    const { code, stdout, stderr } = await run('show', 'died.jsonl');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^demo {2}\S+ {2}interrupted\n/);
    expect(stderr).toContain('note: the run was interrupted');
    expect(stderr).toContain('note: left out: 1 line of the journal');
  });

  it('a run of which the first part is lost', async () => {
    mkdirSync(inDir('logs/lost'));
    copyFileSync(inDir('logs/run-1.jsonl'), inDir('logs/lost/part.jsonl'));
    expect(await run('mermaid', 'logs/lost.jsonl')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ann'),
      stderr: expect.stringContaining('note: the first part of the run is missing'),
    });
  });
});

describe('what is not, and what to do', () => {
  it.each<[string, () => void, RegExp]>([
    ['empty.jsonl', () => write('empty.jsonl', ''), /is empty/],
    ['picture.json', () => write('picture.json', new Uint8Array([1, 0, 2])), /is no text: give a log/],
    ['run.zip', () => write('run.zip', new Uint8Array([0x50, 0x4b, 3, 4])), /is compressed: unpack it first/],
    [
      'torn.json.gz',
      () => write('torn.json.gz', gzipSync(CHAT).subarray(0, 20)),
      /cannot be unpacked .* is it whole\?/,
    ],
    ['other.json', () => write('other.json', '{"a":1}'), /is no log of a run: .* give <run>\.jsonl/],
    [
      'bad.json.gz',
      () => write('bad.json.gz', gzipSync('{"a":1}')),
      /^pd-visualizer: bad\.json\.gz is no log of a run/,
    ],
    [
      'torn.json',
      () => write('torn.json', '{"schema_version": 1, "run'),
      /is not a log of a run: it is not JSON/,
    ],
    ['prose.txt', () => write('prose.txt', 'hello'), /is no log of a run: it is neither JSON nor JSON lines/],
    ['run.log', () => copyFileSync(inDir('logs/run-1.jsonl'), inDir('run.log')), /is a log by another name/],
    [
      'newer.json',
      () => write('newer.json', '{"schema_version": 99}'),
      /schema version 99.*update @pd\/call-log/,
    ],
    ['logs', () => {}, /is a folder: give a run of it/],
    ['missing.json', () => {}, /missing\.json is not there/],
    ['nobody', () => {}, /no run in \.\/logs begins with nobody/],
    ['run-', () => {}, /2 runs in \.\/logs begin with run-/],
  ])('%s', async (name, make, message) => {
    make();
    const { code, stdout, stderr } = await run('mermaid', name);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('2 GB and more: said at once', async () => {
    const start = ' '.repeat(8192);
    write('large.json', start);
    truncateSync(inDir('large.json'), 2.2e9);
    expect((await run('show', 'large.json')).stderr).toMatch(
      /is too large to be read at once: give the journal/,
    );
    // Sparse: takes no room on the disk.
    copyFileSync(inDir('logs/run-1.jsonl'), inDir('huge.jsonl'));
    appendFileSync(inDir('huge.jsonl'), start);
    truncateSync(inDir('huge.jsonl'), 60e9);
    expect((await run('show', 'huge.jsonl')).stderr).toMatch(
      /has 60\.0 GB, more than Node may use .*NODE_OPTIONS=/,
    );
  });
});
