import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createCallLog, type Run, RunStillRunningError, readTree, shareRun } from '../src/index.ts';
import {
  canonicalTree,
  findRun,
  followJournal,
  removeRun,
  scanRuns,
  summariseRun,
  verifyRun,
} from '../src/reader.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import { callEnd, callStart, only, readRecords, useTempDir } from './helpers.ts';

const dir = useTempDir();
const program = fileURLToPath(new URL('fixtures/resuming.mjs', import.meta.url));
const attempt = (callId: string, number: number): LogEvent => ({
  type: 'attempt.start',
  call_id: callId,
  number,
  provider: 'openai',
  model: 'gpt-x',
});

/** @param waitAfter of its own calls, after which it says so and waits */
function start(id: string, waitAfter = 0, calls = 6) {
  const child = spawn(process.execPath, [program, dir(), id, String(calls), String(waitAfter)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const input = createInterface({ input: child.stdout });
  const said = once(input, 'line').then(([line]) => String(line));
  input.on('line', (line) => lines.push(line));
  const closed = once(child, 'close').then(() => lines);
  return { child, said, closed };
}

async function kill({ child, said, closed }: ReturnType<typeof start>): Promise<void> {
  expect(await said).toBe('in the middle');
  child.kill('SIGKILL');
  await closed;
}

/** A run that has one call in flight, of a process that has died. */
async function interrupted(id = 'run', events: LogEvent[] = []): Promise<Run> {
  const log = createCallLog({ dir: dir(), tree: false });
  const run = await log.run({ id }, (begun) => {
    for (const event of [callStart('c'), attempt('c', 1), ...events]) log.logger(event);
    return begun;
  });
  const text = readFileSync(run.journalPath, 'utf8').split('\n').slice(0, -3).join('\n');
  writeFileSync(run.journalPath, `${text.replace(/"process_start":"\d+"/, '"process_start":"1"')}\n`);
  return run;
}

describe('a run that is continued', () => {
  it('survives SIGKILL in the root, in the middle of a continuation, and again', async () => {
    const whole = start('whole');
    expect(await whole.closed).toEqual(['done']);
    await kill(start('killed', 3));
    await kill(start('killed', 2));

    const path = join(dir(), 'killed.jsonl');
    const between = await readTree(path);
    expect(between.run.status).toBe('interrupted');
    const [, , third, fourth] = only(between.agents).calls;
    expect(third?.attempts.map(({ status }) => status)).toEqual(['interrupted', 'ok']);
    expect(fourth).toMatchObject({ status: 'interrupted', attempts: [{ status: 'interrupted' }] });
    const found = await findRun('killed', dir());
    expect(await summariseRun(found)).toMatchObject({ status: 'interrupted', calls: 4, errors: 1 });
    expect((await verifyRun(found)).counts).toMatchObject({ interrupted_call: 1 });

    const last = start('killed', 1);
    expect(await last.said).toBe('in the middle');
    const during = await readTree(path);
    expect(during.run.status).toBe('running');
    const inFlight = only(during.agents).calls[3];
    expect(inFlight).toMatchObject({
      status: 'open',
      attempts: [{ status: 'interrupted' }, { status: 'open' }],
    });
    expect(await summariseRun(await findRun('killed', dir()))).toMatchObject({
      status: 'running',
      errors: 0,
    });
    expect((await verifyRun(await findRun('killed', dir()))).counts).toEqual({});
    const [refused] = await start('killed').closed;
    expect(refused).toMatch(new RegExp(`^run_still_running: .*process ${last.child.pid} on `));
    await kill(last);

    expect(await start('killed').closed).toEqual(['done']);
    const tree = await readTree(path);
    expect(canonicalTree(tree)).toEqual({
      ...canonicalTree(await readTree(join(dir(), 'whole.jsonl'))),
    });
    expect(JSON.parse(readFileSync(join(dir(), 'killed.json'), 'utf8'))).toEqual(tree);
    const segments = readdirSync(join(dir(), 'killed'));
    expect(segments.sort()).toEqual([1, 2, 3].map((n) => `resume-${n}.jsonl`));
    const report = await verifyRun(await findRun('killed', dir()));
    expect(report).toMatchObject({ status: 'completed', loss: false, counts: {} });
  }, 60_000);

  it('is continued by one of those who try at once, and the others are told by whom', async () => {
    await interrupted();
    const logs = Array.from({ length: 8 }, () => createCallLog({ dir: dir(), tree: false }));
    const results = await Promise.allSettled(logs.map((log) => log.resume('run', () => 'mine')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results.filter((settled) => settled.status === 'rejected')) {
      expect(result.reason).toBeInstanceOf(RunStillRunningError);
      expect(result.reason).toMatchObject({ pid: process.pid, runId: 'run' });
    }
    expect(readdirSync(join(dir(), 'run'))).toEqual(['resume-1.jsonl']);
  });

  it('may have ended, and ends as its last part does; what outlives the first part goes to the second', async () => {
    const log = createCallLog({ dir: dir(), tree: 'inline' });
    const fail = () => {
      log.logger(callStart('late'));
      throw new TypeError('no');
    };
    await expect(log.run({ id: 'run', name: 'n', metadata: { a: 1 } }, fail)).rejects.toThrow('no');
    expect(await log.resume('run', (run) => run.journalPath)).toBe(join(dir(), 'run.jsonl'));
    expect(await readTree(join(dir(), 'run'))).toMatchObject({
      run: { status: 'completed', name: 'n', metadata: { a: 1 } },
    });
    const stop = new AbortController();
    const aborted = log.resume({ id: 'run', signal: stop.signal }, () => {
      log.logger(callEnd('late'));
      stop.abort(new Error('enough'));
      throw stop.signal.reason;
    });
    await expect(aborted).rejects.toThrow('enough');
    await log.close();
    const tree = await readTree(join(dir(), 'run'));
    expect(tree.run).toMatchObject({ status: 'interrupted', error: { message: 'enough' } });
    expect(only(only(tree.agents).calls).status).toBe('ok');
    expect(readRecords(join(dir(), 'run', 'resume-2.jsonl')).map(({ type }) => type)).toEqual([
      'segment.start',
      'call.end',
      'audit',
      'run.end',
    ]);
    expect(JSON.parse(readFileSync(join(dir(), 'run.json'), 'utf8'))).toEqual(tree);
  });

  it('is followed through its continuation, in order, whatever the clocks say', async () => {
    const { journalPath } = await interrupted();
    const log = createCallLog({ dir: dir(), tree: false, now: () => new Date(0) });
    const types: string[] = [];
    await log.resume('run', async () => {
      log.logger(attempt('c', 2));
      for await (const line of followJournal(journalPath))
        if (line.kind === 'event') types.push(line.event.type);
    });
    await log.close();
    const began = ['segment.start', 'run.start', 'agent.start', 'call.start', 'attempt.start'];
    expect(types).toEqual([...began, 'segment.start', 'attempt.start']);
    const all: string[] = [];
    for await (const line of followJournal(journalPath, { follow: true }))
      if (line.kind === 'event') all.push(line.event.type);
    expect(all).toEqual([...types, 'audit', 'run.end']);
  });

  it('goes on in another process’s segment, too', async () => {
    const run = await interrupted();
    const log = createCallLog({ dir: dir(), tree: false });
    await log.resume('run', async (resumed) => {
      const worker = createCallLog({ join: shareRun(resumed) });
      worker.logger(attempt('c', 2));
      const tree = await readTree(run.journalPath);
      expect(only(only(tree.agents).calls)).toMatchObject({ status: 'open' });
      expect(await summariseRun(await findRun('run', dir()))).toMatchObject({ errors: 0, status: 'running' });
      worker.logger(callEnd('c'));
      await worker.close();
    });
    await log.close();
    const found = await findRun('run', dir());
    const tree = await readTree(run.journalPath);
    expect(tree.orphans).toEqual([]);
    expect(only(only(tree.agents).calls).status).toBe('ok');
    expect(await summariseRun(found)).toMatchObject({ errors: 0, calls: 1, status: 'completed' });
    expect((await verifyRun(found)).counts).toEqual({});
  });

  it('may have been killed before the header of its root or of a continuation was whole', async () => {
    const { journalPath } = await interrupted();
    const header = readFileSync(journalPath, 'utf8').slice(0, 60);
    mkdirSync(join(dir(), 'run'));
    for (const [n, text] of ['', header].entries())
      writeFileSync(join(dir(), 'run', `resume-${n + 1}.jsonl`), text);
    const status = async () => {
      const found = await findRun('run', dir());
      const [{ run }, summary, report] = [
        await readTree(journalPath),
        await summariseRun(found),
        await verifyRun(found),
      ];
      expect(new Set([run.status, summary.status, report.status]).size).toBe(1);
      expect(report.loss).toBe(false);
      return run.status;
    };
    expect(await status()).toBe('interrupted');
    writeFileSync(journalPath, header);
    const log = createCallLog({ dir: dir(), tree: false });
    await log.resume({ id: 'run', name: 'late', metadata: { a: 1 } }, async (run) => {
      expect(await readTree(run.journalPath)).toMatchObject({
        run: { id: 'run', status: 'running', name: 'late' },
      });
      log.logger(callStart('new'));
    });
    await log.close();
    expect(readdirSync(join(dir(), 'run')).sort()).toEqual([1, 2, 3].map((n) => `resume-${n}.jsonl`));
    const tree = await readTree(journalPath);
    expect(tree.run).toMatchObject({ status: 'completed', metadata: { a: 1 } });
    expect(await scanRuns(dir())).toMatchObject({ strangers: [], runs: [{ id: 'run' }] });
  });

  it('stays without content', async () => {
    const first = createCallLog({ dir: dir(), tree: false, captureContent: false });
    await first.run({ id: 'run' }, () => {});
    await first.close();
    const log = createCallLog({ dir: dir(), tree: false, progressMs: 0 });
    await log.resume('run', (run) => {
      expect(run.captureContent).toBe(false);
      log.logger(callStart('c', { agent: { id: 'a' } }));
      log.logger({ type: 'call.progress', call_id: 'c', text: 'the secret plan ' });
      log.logger({ type: 'step', step_id: 's', name: 'now', status: 'ok', value: 'the secret plan' });
    });
    await log.close();
    expect(readFileSync(join(dir(), 'run', 'resume-1.jsonl'), 'utf8')).not.toMatch(/ask c|secret/);
    const tree = await readTree(join(dir(), 'run'));
    expect(tree.audit.capture_content).toBe(false);
    expect(tree.steps).toMatchObject([{ id: 's', name: 'now', value: '[not captured, 15 characters]' }]);
  });

  it('is pruned as a whole, and not while it is continued', async () => {
    await interrupted();
    const log = createCallLog({ dir: dir(), tree: false });
    await log.resume('run', async () => {
      expect(await scanRuns(dir())).toMatchObject({ strangers: [], runs: [{ id: 'run', running: true }] });
    });
    const run = only((await scanRuns(dir())).runs);
    expect(run.running).toBe(false);
    expect(await removeRun(run)).toBe(true);
    expect(readdirSync(dir())).toEqual([]);
  });

  it('has to be there, ended, in a journal, of this version', async () => {
    const log = createCallLog({ dir: dir(), tree: false });
    const resume = (id: string) => log.resume(id, () => 'never');
    await expect(resume('none')).rejects.toMatchObject({ code: 'run_not_found' });
    await expect(resume('../none')).rejects.toMatchObject({ code: 'invalid_run_id' });
    for (const none of [undefined, null, 7, {}] as never[])
      await expect(log.resume(none, () => 'never')).rejects.toMatchObject({ code: 'invalid_run_id' });
    await log.run({ id: 'now' }, async () => {
      await expect(resume('now')).rejects.toMatchObject({ code: 'run_still_running', pid: process.pid });
    });
    const { journalPath } = await interrupted('new');
    const text = readFileSync(journalPath, 'utf8');
    writeFileSync(journalPath, text.replace('"schema_version":1', '"schema_version":99'));
    await expect(resume('new')).rejects.toMatchObject({ code: 'unsupported_version' });
    const tree = await readTree((await interrupted('tree')).journalPath);
    writeFileSync(join(dir(), 'tree.json'), JSON.stringify(tree));
    rmSync(join(dir(), 'tree.jsonl'));
    await expect(resume('tree')).rejects.toMatchObject({ code: 'not_a_log' });
    expect(readdirSync(dir()).filter((name) => !name.includes('.'))).toEqual([]);
  });
});
