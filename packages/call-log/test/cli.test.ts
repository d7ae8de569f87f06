import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCallLog } from '../src/call-log.ts';
import { readTree } from '../src/reader/read-tree.ts';
import type { JsonValue } from '../src/schema/json.ts';
import { callEnd, callStart, useTempDir } from './helpers.ts';
import { runProgram } from './run-program.ts';
import { startCommand } from './start-command.ts';

const tempDir = useTempDir();
const inDir = (name: string) => join(tempDir(), name);
const windows = process.platform === 'win32';
/** `--dir` is the test's folder. */
const start = (...args: string[]) => startCommand([...args, '--dir', tempDir()]);
const callLog = (...args: string[]) => start(...args).ended;

const reply = (content: string) => ({ reply: { message: { role: 'assistant', content } } });
const usage = { input_tokens: 10, output_tokens: 5, source: 'provider' as const };

async function record(
  id: string,
  act: (log: ReturnType<typeof createCallLog>) => void = oneCall,
): Promise<void> {
  const log = createCallLog({ dir: tempDir(), tree: 'inline' });
  await log.run({ id, name: 'test' }, () => act(log)).catch(() => {});
  await log.close();
}

function oneCall(log: ReturnType<typeof createCallLog>): void {
  log.logger(callStart('c1', { agent: { id: 'asker' } }));
  log.logger(callEnd('c1', { usage, duration_ms: 20, ...reply('the answer') }));
}

/** Takes out, changes or adds lines of a journal. */
function edit(id: string, change: (lines: string[]) => string[]): void {
  const path = inDir(`${id}.jsonl`);
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  writeFileSync(
    path,
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** A run whose process was killed. */
const killed = () =>
  runProgram('record-until-the-end.mjs', [tempDir(), 'SIGKILL', '0'], {
    onLine: (lines, kill) => lines >= 50 && kill('SIGKILL'),
  });

describe('ls', () => {
  it('lists runs newest first, however they ended, and leaves other files alone', async () => {
    await record('first');
    await record('second', () => {
      throw new Error('no');
    });
    await killed();
    writeFileSync(inDir('notes.jsonl'), '{"not":"ours"}\n');
    const { code, stdout, stderr } = await callLog('ls', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 'run', status: 'interrupted', agents: 3 },
      { id: 'second', status: 'failed', calls: 0 },
      {
        id: 'first',
        name: 'test',
        status: 'completed',
        agents: 1,
        calls: 1,
        errors: 0,
        input_tokens: 10,
        unpriced_calls: 1,
      },
    ]);
    expect(stderr).toMatch(/^skipped: .*notes\.jsonl is not a log of a run/);
    expect((await callLog('ls')).stdout).toMatch(/first +test +completed .* 10 +5 +unpriced\n$/);
  });

  it('says so when there is nothing', async () => {
    expect(await callLog('ls')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^there are no runs/),
    });
  });
});

describe('show', () => {
  it('shows agents, calls, prompt and reply; expanded, everything that was sent', async () => {
    await record('run-1', (log) => {
      const first = { role: 'user', content: 'one' };
      const second = { role: 'user', content: 'two\nlines' };
      log.logger(callStart('c1', { agent: { id: 'a' }, messages: [first] }));
      log.logger(callEnd('c1', reply('yes')));
      log.logger(callStart('c2', { agent: { id: 'a' }, messages: [first, second] }));
      log.logger(callEnd('c2', { status: 'error', error: { type: 'Boom', message: 'it broke' } }));
    });
    const { stdout } = await callLog('show', 'run');
    expect(stdout).toMatch(
      /› one\n│ {4}‹ yes\n└─ error {2}openai\/gpt-x {2}c2\n {5}› two lines\n {5}✗ Boom it broke\n$/,
    );
    const expanded = await callLog('show', inDir('run-1.json'), '--expand', '--call', 'c2');
    expect(expanded.stdout).toMatch(/ user\n {7}one\n {5}user\n {7}two\n {7}lines\n/);
    expect(expanded.stdout).not.toContain('c1');
    expect(JSON.parse((await callLog('show', 'latest', '--json')).stdout)).toEqual(
      await readTree(inDir('run-1')),
    );
    expect(JSON.parse((await callLog('show', 'latest', '--json')).stdout)).not.toHaveProperty('logs');
    expect(await callLog('show', 'latest', '--agent', 'b')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there are a'),
    });
  });
});

it('shows the program’s own lines that were kept', async () => {
  await record('run-1', (log) => {
    log.logger(callStart('c1', { agent: { id: 'a' } }));
    log.logger({ type: 'log', level: 'info', message: 'about c1', call_id: 'c1', agent_id: 'a' });
    log.logger(callEnd('c1'));
    log.logger({ type: 'log', level: 'warn', message: 'nobody’s', fields: { left: 3 } });
  });
  expect((await callLog('show', 'latest')).stdout).toMatch(/\n\n2 lines {2}1 info · 1 warn\n$/);
  expect((await callLog('show', 'latest', '-e')).stdout).toMatch(
    /1 warn\n\S+ {2}info {2}a {2}about c1\n\S+ {2}warn {2}nobody’s {2}\{"left":3\}\n$/,
  );
  const about = JSON.parse((await callLog('show', 'latest', '--call', 'c', '--json')).stdout);
  expect(about.logs).toMatchObject([{ message: 'about c1' }]);
  expect((await callLog('show', 'latest', '--agent', 'a', '-e')).stdout).not.toContain('nobody’s');
  expect((await callLog('tail', 'latest')).stdout).toMatch(/\n\S+ {2}log {12}a {15}info {2}about c1\n/);
  expect(await callLog('verify', 'latest')).toMatchObject({ code: 0 });
});

it('shows the values that were no replies, scrubbed', async () => {
  const key = 'sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1234';
  await record('run-1', (log) => {
    log.logger(callStart('c1', { agent: { id: 'a' } }));
    log.logger({
      type: 'step',
      step_id: 's1',
      name: 'now',
      status: 'ok',
      value: { ms: 7, key },
      agent_id: 'a',
    });
    log.logger({ type: 'step', step_id: 's2', name: 'now', status: 'ok', value: null });
    const error = { type: 'TypeError', message: 'nobody is there' };
    log.logger({ type: 'step', step_id: 's3', name: 'ask', status: 'error', error });
    log.logger(callEnd('c1'));
  });
  expect((await callLog('show', 'latest')).stdout).toMatch(/\n\n3 steps {2}2 now · 1 ask\n$/);
  const { stdout } = await callLog('show', 'latest', '-e');
  expect(stdout).toMatch(/ {2}now {2}a {2}\{"ms":7,"key":"\[REDACTED\]"\}\n\S+ {2}now {2}null\n/);
  expect(stdout).toMatch(/ {2}ask {2}✗ nobody is there\n$/);
  const { steps } = JSON.parse((await callLog('show', 'latest', '--agent', 'a', '--json')).stdout);
  expect(steps).toMatchObject([{ id: 's1', status: 'ok' }]);
  expect((await callLog('tail', 'latest')).stdout).toMatch(/ {2}step .* error {2}ask {2}nobody is there\n/);
  expect(await callLog('verify', 'latest')).toMatchObject({ code: 0 });
});

it('names large parts by type and size, checks them, and deletes them with their run', async () => {
  const url = `data:image/png;base64,${Buffer.alloc(20_000, 'all kinds of bytes').toString('base64')}`;
  const content: JsonValue = [
    { type: 'text', text: 'What is it?' },
    { type: 'image_url', image_url: { url } },
  ];
  await record('run-1', (log) => {
    log.logger(callStart('c1', { messages: [{ role: 'user', content }] }));
    log.logger({ type: 'message', message_id: 'm', content, status: 'delivered' });
    log.logger(callEnd('c1', { reply: { message: { role: 'assistant', content: url } } }));
  });
  const named = 'image/png of 20.0 kB]';
  expect((await callLog('show', 'latest', '-e')).stdout).toMatch(
    new RegExp(`What is it\\?\n.*\\[image_url, ${named}[^]*reply\n.*\\[${named}\n`),
  );
  expect((await callLog('tail', 'latest')).stdout.split(named)).toHaveLength(4);
  const runs = JSON.parse((await callLog('ls', '--json')).stdout);
  expect(runs).toMatchObject([{ id: 'run-1', calls: 1 }]);
  expect(await callLog('verify', 'latest')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok/) });
  rmSync(join(inDir('run-1'), 'blobs'), { recursive: true });
  expect(await callLog('verify', 'latest')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/lost {2}line 4: there is no blob [0-9a-f]{64}\n/),
  });
  expect((await callLog('prune', '--keep', '0', '--yes')).code).toBe(0);
  expect(readdirSync(tempDir())).toEqual([]);
});

it('nothing in a log acts on the terminal, whatever the command', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\r\nfake line';
  await record('run-1', (log) => {
    const agent = { id: `a${evil}`, name: evil, role: evil };
    log.logger(
      callStart(`c${evil}`, {
        agent,
        model: evil,
        provider: evil,
        messages: [{ role: evil, content: evil, name: evil }],
      }),
    );
    log.logger({ type: 'attempt.start', call_id: `c${evil}`, number: 1, provider: evil, model: evil });
    log.logger({ type: 'tool.start', call_id: `c${evil}`, tool_call_id: evil, name: evil, arguments: evil });
    log.logger(
      callEnd(`c${evil}`, {
        status: 'error',
        error: { type: evil, code: evil, message: evil },
        ...reply(evil),
      }),
    );
    log.logger({
      type: 'message',
      message_id: 'm',
      from: evil,
      to: evil,
      content: evil,
      status: 'delivered',
    });
    log.logger({ type: 'log', level: evil, message: evil, fields: { [evil]: evil }, agent_id: evil });
    log.logger(callEnd(`x${evil}`));
  });
  const commands = [
    ['ls'],
    ['show', 'latest'],
    ['show', 'latest', '-e'],
    ['tail', 'latest'],
    ['verify', '--all'],
    ['stats', '--all'],
    ['export', '--otlp', 'latest'],
    ['recover', 'latest'],
    ['show', evil],
  ];
  for (const command of commands.flatMap((args) =>
    args[1] === evil ? [args] : [args, [...args, '--json']],
  )) {
    const { stdout, stderr } = await callLog(...command);
    expect(stdout + stderr, command.join(' ')).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(stdout + stderr, command.join(' ')).not.toMatch(/^fake/m);
  }
});

describe('verify', () => {
  it('is content with a whole run', async () => {
    await record('good');
    expect(await callLog('verify', 'good')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ok {2}good {2}completed, 7 records/),
      stderr: '',
    });
  });

  it('only notes what a killed program leaves unfinished', async () => {
    await killed();
    const { code, stdout } = await callLog('verify', 'run', '--json');
    expect(code).toBe(0);
    const [{ counts, loss }] = JSON.parse(stdout);
    expect(loss).toBe(false);
    expect(counts.interrupted_call).toBeGreaterThan(0);
  });

  it('finds what was taken out or spoiled by hand, with its line', async () => {
    await record('gap');
    edit('gap', (lines) => lines.toSpliced(3, 1));
    await record('spoiled');
    edit('spoiled', (lines) => lines.with(3, lines[3]?.slice(0, 30) ?? ''));
    const { code, stdout } = await callLog('verify', '--all');
    expect(code).toBe(1);
    expect(stdout).toMatch(/LOSS {2}gap .*\n {2}lost {2}line 4: record 3 missing before this line\n/);
    expect(stdout).toMatch(/LOSS {2}spoiled .*\n {2}lost {2}line 4: not a whole record\n/);
    expect(stdout).toMatch(/note {2}the tree holds 7 of 6 records; `call-log recover` builds it again/);
  });
});

describe('recover', () => {
  it('builds the tree of a killed and damaged run, and leaves the journal as it is', async () => {
    await killed();
    edit('run', (lines) => lines.with(5, 'x'));
    writeFileSync(inDir('run.json'), '{"half');
    const journal = readFileSync(inDir('run.jsonl'));
    const { code, stdout } = await callLog('recover', 'run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'interrupted', replaced: true, damaged_lines: 1 });
    expect(readFileSync(inDir('run.jsonl'))).toEqual(journal);
    expect(JSON.parse(readFileSync(inDir('run.json'), 'utf8'))).toEqual(await readTree(inDir('run.jsonl')));
    expect(readdirSync(tempDir()).toSorted()).toEqual(['run.json', 'run.jsonl']);
    expect((await callLog('verify', 'run')).stdout).not.toContain('the tree');
  });
});

describe('tail', () => {
  it('-f follows a program while it writes, and ends when it is gone', async () => {
    let follower: ReturnType<typeof start> | undefined;
    let kill = (): void => {};
    const seen = Promise.withResolvers<void>();
    const program = runProgram('record-until-the-end.mjs', [tempDir(), 'SIGKILL', '0'], {
      onLine: (_, end) => {
        kill = () => end('SIGKILL');
        if (follower !== undefined) return;
        follower = start('tail', '-f', 'run', '--json');
        follower.child.stdout.once('data', () => seen.resolve());
      },
    });
    await seen.promise;
    kill();
    await program;
    const { code, stdout, stderr } = (await follower?.ended) ?? {};
    expect(code).toBe(0);
    const whole = readFileSync(inDir('run.jsonl'), 'utf8').split('\n').slice(0, -1);
    expect(stdout?.split('\n').slice(0, whole.length)).toEqual(whole);
    expect(stderr).toMatch(/^(line \d+: not a whole record\n)?$/);
  });

  it('-f ends when the run has ended, though its process lives', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false });
    const follower = Promise.withResolvers<ReturnType<typeof start>>();
    await log.run({ id: 'live' }, async () => {
      oneCall(log);
      const tail = start('tail', '-f', 'live');
      follower.resolve(tail);
      await new Promise((resolve) => tail.child.stdout.once('data', resolve));
    });
    const { code, stdout } = await (await follower.promise).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/call\.end +asker +ok +20 ms +10 → 5 +the answer\n/);
    expect(stdout).toMatch(/run\.end +completed\n$/);
    await log.close();
  });

  it.skipIf(windows)('Ctrl-C ends it with 130 (needs signals)', async () => {
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'live' } });
    oneCall(log);
    const { child, ended } = start('tail', '-f', 'live');
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await ended).toMatchObject({ code: 130, stderr: '' });
    await log.close();
  });

  it('ends quietly when its reader has enough', async () => {
    await record('long', (log) => {
      for (let i = 0; i < 5_000; i++) log.logger(callStart(`c${i}`));
    });
    const { child, ended } = start('tail', 'long');
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('stats', () => {
  it('adds up runs', async () => {
    await record('one');
    await record('two');
    const { stdout } = await callLog('stats', '--all', '--json');
    const row = { calls: 2, errors: 0, input_tokens: 20, latency_ms: { p50: 20, p95: 20, p99: 20 } };
    expect(JSON.parse(stdout)).toMatchObject({
      runs: 2,
      agents: [{ name: 'asker', ...row }],
      models: [{ name: 'openai/gpt-x', ...row }],
    });
  });
});

describe('prune', () => {
  it('deletes whole runs, and neither what runs nor what is not ours', async () => {
    await record('old');
    writeFileSync(inDir('old.html'), 'page');
    mkdirSync(join(inDir('old'), 'blobs'), { recursive: true });
    utimesSync(inDir('old.jsonl'), 0, 0);
    await record('src');
    mkdirSync(inDir('src'));
    writeFileSync(join(inDir('src'), 'index.ts'), 'precious');
    writeFileSync(inDir('package.json'), '{}');
    const log = createCallLog({ dir: tempDir(), tree: false, defaultRun: { id: 'running' } });
    oneCall(log);
    const by = (...args: string[]) => callLog('prune', ...args);

    expect(await by('--older-than', '30d', '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 run, '),
    });
    expect(await by('--older-than', '30d')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('add --yes'),
    });
    expect(existsSync(inDir('old.jsonl'))).toBe(true);
    expect(await by('--older-than', '30d', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/deleted 1 run, freed/),
    });
    expect(readdirSync(tempDir()).filter((name) => name.startsWith('old'))).toEqual([]);
    expect((await by('--keep', '0', '--yes')).code).toBe(0);
    expect(readdirSync(tempDir()).toSorted()).toEqual(['package.json', 'running.jsonl', 'src']);
    expect(readFileSync(join(inDir('src'), 'index.ts'), 'utf8')).toBe('precious');
    await log.close();
  });
});

describe('errors are one line', () => {
  it.each([
    [['show', 'nope'], 1, /no run in .* begins with nope/],
    [['show', './nope.json'], 1, /no log at/],
    [['paint'], 2, /there is no command "paint"/],
    [['ls', '--colour'], 2, /Unknown option '--colour'/],
    [['verify'], 2, /say which runs/],
    [['prune'], 2, /say what is to go/],
    [['prune', '--older-than', '30'], 2, /not "30"/],
  ])('%j', async (args, code, message) => {
    const ended = await callLog(...args);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(ended.stderr.trimEnd()).not.toContain('\n');
  });

  it('a beginning that several runs share is not guessed', async () => {
    await record('run-1');
    await record('run-2');
    expect(await callLog('show', 'run')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2 runs in .* begin with run \(run-1, run-2\)/),
    });
  });
});

it.each(['ls', 'show', 'tail', 'verify', 'recover', 'stats', 'prune'])('%s --help', async (command) => {
  const { code, stdout } = await callLog(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^call-log ${command}[^]*--json`));
});
