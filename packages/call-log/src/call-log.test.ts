import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callEnd, callStart, everyByteIn, only, readRecords, useTempDir } from '../test/helpers.ts';
import { createCallLog } from './call-log.ts';
import type { CallLogOptions } from './call-log-contract.ts';
import type { Diagnostic } from './diagnostics.ts';
import { InvalidRunIdError } from './errors/invalid-run-id-error.ts';
import { RunExistsError } from './errors/run-exists-error.ts';
import { withRun } from './identity/context.ts';
import { readTree } from './reader/read-tree.ts';

const tempDir = useTempDir();

/** Where a link points to; nowhere when it is gone by now. */
function pathOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** A log without a tree, in the test's folder, and what it had to say. */
function logIn(dir = tempDir(), options: CallLogOptions = {}) {
  const diagnostics: Diagnostic[] = [];
  const log = createCallLog({
    dir,
    tree: false,
    defaultRun: { id: 'main' },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    ...options,
  });
  return { log, diagnostics, path: join(dir, 'main.jsonl') };
}

describe('the journal', () => {
  it('is private to the user and begins with its header and the run', async () => {
    const { log, path } = logIn(join(tempDir(), 'deep', 'logs'), {
      defaultRun: { id: 'main', name: 'a run', metadata: { seed: 7 } },
    });
    log.defaultRun();
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const [header, start] = readRecords(path);
    expect(header).toMatchObject({
      seq: 0,
      type: 'segment.start',
      schema_version: 1,
      run_id: 'main',
      pid: process.pid,
    });
    expect(start).toMatchObject({ seq: 1, type: 'run.start', name: 'a run', metadata: { seed: 7 } });
    await log.close();
  });

  it('has every event on disk when the logger returns, in sequence', async () => {
    const { log, path } = logIn();
    for (let i = 0; i < 20; i++) {
      log.logger(callStart(`c${i}`));
      expect(readRecords(path).at(-1)).toMatchObject({ type: 'call.start', call_id: `c${i}` });
      log.logger(callEnd(`c${i}`));
      expect(readRecords(path).at(-1)).toMatchObject({ type: 'call.end', call_id: `c${i}` });
    }
    await log.close();
    const records = readRecords(path);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
    expect(records.slice(-2)).toMatchObject([
      { type: 'audit', dropped: 0, redactions: 0, logger_errors: 0, log_overhead_us: expect.any(Number) },
      { type: 'run.end', status: 'completed' },
    ]);
    expect(records.at(-2)?.log_overhead_us).toBeGreaterThan(0);
  });

  it('waits for the disk when asked to', async () => {
    const { log, path } = logIn(tempDir(), { fsync: true });
    log.logger(callStart('c'));
    expect(readRecords(path)).toHaveLength(4);
    await log.close();
  });

  it('takes the time from its clock unless the event has one', async () => {
    const { log, path } = logIn(tempDir(), { now: () => new Date(0) });
    log.logger(callStart('a'));
    log.logger(callStart('b', { at: '2026-01-01T00:00:00.000Z' }));
    await log.close();
    const at = readRecords(path).flatMap((record) => (record.type === 'call.start' ? [record.at] : []));
    expect(at).toEqual(['1970-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']);
  });

  it('keeps the events of parallel calls apart', async () => {
    const { log, path } = logIn();
    const ids = ['a', 'b', 'c', 'd'];
    await Promise.all(
      ids.map(async (id, i) => {
        log.logger(callStart(id, { agent: { id: `agent-${id}` } }));
        for (let turn = 0; turn <= i; turn++) await Promise.resolve();
        log.logger({ type: 'attempt.start', call_id: id, number: 1, provider: 'p', model: 'm' });
        await new Promise((resolve) => setImmediate(resolve));
        log.logger({ type: 'attempt.end', call_id: id, number: 1, status: 'ok' });
        log.logger(callEnd(id, { reply: { message: { role: 'assistant', content: `reply ${id}` } } }));
      }),
    );
    await log.close();
    const tree = await readTree(path);
    expect(tree.orphans).toEqual([]);
    for (const { id, calls } of tree.agents) {
      const call = only(calls);
      expect(id).toBe(`agent-${call.id}`);
      expect(call).toMatchObject({ status: 'ok', attempts: [{ status: 'ok' }] });
      expect(call.post?.message?.content).toBe(`reply ${call.id}`);
    }
    expect(tree.run.totals.calls).toBe(4);
  });

  it('numbers an event that brings the sequence of another journal anew', async () => {
    const { log, path } = logIn();
    log.logger({ ...callEnd('from-elsewhere'), seq: 99 } as never);
    expect(readRecords(path).at(-1)?.seq).toBe(2);
    await log.close();
  });

  it('says more of an agent when more is known of it', async () => {
    const { log, path } = logIn();
    log.logger(callStart('a', { agent: { id: 'planner' } }));
    log.logger({ type: 'agent.start', agent: { id: 'planner', name: 'Planner', role: 'plans' } });
    log.logger(callStart('b', { agent: { id: 'planner' } }));
    log.logger(callStart('c', { agent: { id: 'planner', name: 'Planner' } }));
    await log.close();
    const introductions = readRecords(path).filter(({ type }) => type === 'agent.start');
    expect(introductions.map(({ agent }) => agent)).toEqual([
      { id: 'planner' },
      { id: 'planner', name: 'Planner', role: 'plans' },
    ]);
    expect((await readTree(path)).agents).toMatchObject([{ id: 'planner', name: 'Planner', role: 'plans' }]);
  });
});

describe('run()', () => {
  it('passes the result on and ends as completed', async () => {
    const { log } = logIn();
    const result = await log.run({ id: 'r1', name: 'one' }, async (run) => {
      expect(run.id).toBe('r1');
      log.logger(callStart('c'));
      return 42;
    });
    expect(result).toBe(42);
    expect((await readTree(join(tempDir(), 'r1'))).run).toMatchObject({ status: 'completed', name: 'one' });
    await log.close();
    expect(() => readFileSync(join(tempDir(), 'main.jsonl'))).toThrow('ENOENT');
  });

  it.each([
    [
      'an error',
      Object.assign(new TypeError('boom'), { code: 'E_BOOM' }),
      { type: 'TypeError', code: 'E_BOOM', message: 'boom' },
    ],
    [
      'a number as its code',
      Object.assign(new Error('boom'), { code: 7 }),
      { type: 'Error', code: '7', message: 'boom' },
    ],
    ['no error at all', 'just text', { type: 'string', message: 'just text' }],
    ['nothing', undefined, undefined],
    [
      'a getter that throws',
      Object.defineProperty(new Error('x'), 'message', {
        get: () => {
          throw new Error('hostile');
        },
      }),
      { type: 'Error', message: 'something without a text' },
    ],
  ])('ends as failed and rejects with the same value: %s', async (_, thrown, error) => {
    const { log } = logIn();
    const rejection = await log
      .run({ id: 'r1' }, () => Promise.reject(thrown))
      .then(
        () => 'no rejection',
        (reason: unknown) => reason,
      );
    expect(rejection).toBe(thrown);
    const { run, audit } = await readTree(join(tempDir(), 'r1'));
    expect(run.status).toBe('failed');
    expect(run.error).toEqual(error);
    expect(audit.damaged_lines).toBe(0);
    await log.close();
  });

  it('ends as interrupted when it rejects with the reason of its signal', async () => {
    const { log } = logIn();
    const controller = new AbortController();
    const running = log.run({ id: 'r1', signal: controller.signal }, async () => {
      controller.abort();
      controller.signal.throwIfAborted();
    });
    await expect(running).rejects.toBe(controller.signal.reason);
    // An AbortError's code is the number 20; the record must hold for readers all the same.
    const tree = await readTree(join(tempDir(), 'r1'));
    expect(tree.run).toMatchObject({ status: 'interrupted', error: { type: 'AbortError', code: '20' } });
    expect(tree.run.ended_at).toBeDefined();
    expect(tree.audit.damaged_lines).toBe(0);
    await log.close();
  });

  it('keeps several runs at once apart, with one log', async () => {
    const { log } = logIn();
    const ids = ['r1', 'r2', 'r3'];
    await Promise.all(
      ids.map((id) =>
        log.run({ id }, async () => {
          for (let i = 0; i < 5; i++) {
            log.logger(callStart(`${id}-${i}`));
            await new Promise((resolve) => setImmediate(resolve));
            log.logger(callEnd(`${id}-${i}`));
          }
        }),
      ),
    );
    for (const id of ids) {
      const { agents, orphans } = await readTree(join(tempDir(), id));
      expect(agents.flatMap(({ calls }) => calls.map((call) => call.id))).toEqual(
        [0, 1, 2, 3, 4].map((i) => `${id}-${i}`),
      );
      expect(orphans).toEqual([]);
    }
    await log.close();
  });

  it.skipIf(process.platform !== 'linux')('keeps no file open once it has ended (needs /proc)', async () => {
    const { log } = logIn();
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter((fd) => pathOf(`/proc/self/fd/${fd}`).startsWith(tempDir()));
    for (let i = 0; i < 20; i++) {
      // A call that never ends is no reason to keep it.
      await log.run({ id: `r${i}` }, () => log.logger(callStart(`c${i}`)));
      if (i % 2 === 0) log.logger(callEnd(`c${i}`));
    }
    expect(openFiles()).toEqual([]);
    await log.close();
  });

  it('never writes over a run that is on record', async () => {
    const { log } = logIn();
    await log.run({ id: 'r1' }, () => {});
    const before = readFileSync(join(tempDir(), 'r1.jsonl'), 'utf8');
    await expect(log.run({ id: 'r1' }, () => {})).rejects.toThrow(RunExistsError);
    await expect(logIn().log.run({ id: 'r1' }, () => {})).rejects.toMatchObject({ code: 'run_exists' });
    expect(readFileSync(join(tempDir(), 'r1.jsonl'), 'utf8')).toBe(before);
    expect(() => logIn(tempDir(), { defaultRun: { id: 'r1' } }).log.defaultRun()).toThrow(RunExistsError);
    await log.close();
  });

  it.each([
    '../x',
    'a/b',
    'a\\b',
    '',
    '.',
    '..',
    '.hidden',
    'CON',
    'com1.txt',
    'x'.repeat(200),
    'a b',
    'a\n',
    'a\0',
    'é',
    'end.',
  ])('refuses the id %j', async (id) => {
    const { log } = logIn();
    await expect(log.run({ id }, () => {})).rejects.toThrow(InvalidRunIdError);
    expect(() => createCallLog({ defaultRun: { id } })).toThrow(InvalidRunIdError);
    await log.close();
    expect(everyByteIn(tempDir())).toBe('');
  });
});

describe('where an event goes', () => {
  it('to the run it names, else the one around it, else the default run', async () => {
    const { log } = logIn();
    log.logger(callStart('c1'));
    withRun('around', () => {
      log.logger(callStart('c2'));
      log.logger(callStart('c3', { run_id: 'named' }));
      log.logger(callStart('c4', { metadata: { run_id: 'in-metadata' } }));
      log.logger(callEnd('c1'));
    });
    log.logger(callEnd('c2'));
    await log.close();
    const callsIn = (id: string) =>
      readRecords(join(tempDir(), `${id}.jsonl`)).flatMap(({ type, call_id }) =>
        call_id === undefined ? [] : [`${type} ${call_id}`],
      );
    expect(callsIn('main')).toEqual(['call.start c1', 'call.end c1']);
    expect(callsIn('around')).toEqual(['call.start c2', 'call.end c2']);
    expect(callsIn('named')).toEqual(['call.start c3']);
    expect(callsIn('in-metadata')).toEqual(['call.start c4']);
  });

  it('to its call, also when the call has ended and so has the run', async () => {
    const { log } = logIn();
    await log.run({ id: 'r1' }, () => {
      log.logger(callStart('late'));
      log.logger(callStart('done'));
      log.logger(callEnd('done'));
    });
    log.logger({ type: 'message', message_id: 'm', call_id: 'done', status: 'delivered', content: 'hi' });
    log.logger(callEnd('late'));
    const { agents, messages, run } = await readTree(join(tempDir(), 'r1'));
    expect(run.status).toBe('completed');
    expect(agents.flatMap(({ calls }) => calls.map(({ status }) => status))).toEqual(['ok', 'ok']);
    expect(messages).toMatchObject([{ id: 'm', content: 'hi' }]);
    await log.close();
  });

  it('to its own run, also for a call that begins after the end', async () => {
    const { log, diagnostics } = logIn();
    const { promise, resolve } = Promise.withResolvers<void>();
    let stray: Promise<void> | undefined;
    await log.run({ id: 'r1' }, () => {
      stray = promise.then(() => log.logger(callStart('stray')));
    });
    resolve();
    await stray;
    await log.close();
    const records = readRecords(join(tempDir(), 'r1.jsonl'));
    expect(records.at(-1)).toMatchObject({ type: 'call.start', call_id: 'stray' });
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
    expect(diagnostics).toEqual([]);
  });

  it('to the default run when the run it names cannot be one, and says so once', async () => {
    const { log, diagnostics, path } = logIn();
    log.logger(callStart('c1', { run_id: '../../etc/passwd' }));
    log.logger(callStart('c2', { metadata: { runId: 'a b' } }));
    log.logger(callEnd('c1'));
    await log.close();
    expect((await readTree(path)).run.totals.calls).toBe(2);
    expect(diagnostics.map(({ kind }) => kind)).toEqual(['logger_error']);
    expect(readRecords(path).at(-2)).toMatchObject({ type: 'audit', logger_errors: 2 });
  });

  it('to the later run when a call id is used in two', async () => {
    const { log } = logIn();
    for (const id of ['r1', 'r2'])
      await log.run({ id }, () => {
        log.logger(callStart('call-1'));
        log.logger(callEnd('call-1'));
      });
    for (const id of ['r1', 'r2'])
      expect((await readTree(join(tempDir(), id))).agents[0]?.calls).toMatchObject([
        { id: 'call-1', status: 'ok' },
      ]);
    await log.close();
  });

  it('is the run that is resumed for what is about a call of a run that still goes on, as in its fork', async () => {
    const dir = tempDir();
    const { log } = logIn(dir);
    const about = { type: 'message', from: 'a', to: 'b', call_id: 'c1', status: 'delivered' } as const;
    await log.run({ id: 'fork' }, () => {});
    await log.run({ id: 'old' }, async () => {
      log.logger(callStart('c1'));
      log.logger(callEnd('c1'));
      await log.resume('fork', () => log.logger({ ...about, message_id: 'm1' }));
      await log.run({ id: 'other' }, () => log.logger({ ...about, message_id: 'm2' }));
    });
    await log.close();
    const messagesIn = async (id: string) =>
      (await readTree(join(dir, `${id}.jsonl`))).messages.map((message) => message.id);
    expect(await messagesIn('fork')).toEqual(['m1']);
    expect([await messagesIn('old'), await messagesIn('other')]).toEqual([['m2'], []]);
  });

  it('is the run that goes on for what is about a call of a run that has ended, as in a fork', async () => {
    const dir = tempDir();
    const { log } = logIn(dir);
    await log.run({ id: 'old' }, () => {
      log.logger(callStart('c1'));
      log.logger(callEnd('c1'));
    });
    await log.run({ id: 'fork' }, () => {
      log.logger({
        type: 'message',
        message_id: 'm1',
        from: 'a',
        to: 'b',
        call_id: 'c1',
        status: 'delivered',
      });
    });
    await log.close();
    const messagesIn = async (id: string) => (await readTree(join(dir, `${id}.jsonl`))).messages.length;
    expect([await messagesIn('old'), await messagesIn('fork')]).toEqual([0, 1]);
  });
});

describe('close()', () => {
  it('may be called twice and is what "await using" does', async () => {
    const { log, path } = logIn();
    {
      await using same = log;
      same.logger(callStart('c'));
    }
    await log.close();
    expect(readRecords(path).filter(({ type }) => type === 'run.end')).toHaveLength(1);
  });

  it('writes nothing when nothing was recorded', async () => {
    await logIn().log.close();
    expect(everyByteIn(tempDir())).toBe('');
  });

  it('leaves the ending of a run to its run()', async () => {
    const { log } = logIn();
    const failing = log.run({ id: 'r1' }, async () => {
      await log.close();
      throw new Error('after close');
    });
    await expect(failing).rejects.toThrow('after close');
    expect((await readTree(join(tempDir(), 'r1'))).run).toMatchObject({ status: 'failed' });
  });

  it('does not stop what comes later from being recorded', async () => {
    const { log, path, diagnostics } = logIn(tempDir(), { tree: 'worker' });
    log.logger(callStart('c'));
    await log.close();
    log.logger(callEnd('c'));
    log.logger(callStart('after'));
    expect(readRecords(path).slice(-2)).toMatchObject([{ call_id: 'c' }, { call_id: 'after' }]);
    expect(diagnostics).toEqual([]);
  });
});

describe('when nothing can be written', () => {
  it.each(['file', 'below a file'])(
    'the program goes on and is told once: the folder is a %s',
    async (where) => {
      const file = join(tempDir(), 'a-file');
      writeFileSync(file, 'not a folder');
      const { log, diagnostics } = logIn(where === 'file' ? file : join(file, 'logs'));
      for (let i = 0; i < 5; i++) log.logger(callStart(`c${i}`));
      expect(await log.run({ id: 'r1' }, () => 'still works')).toBe('still works');
      await log.close();
      expect(diagnostics.map(({ kind }) => kind)).toEqual(['write_failed']);
      expect(readFileSync(file, 'utf8')).toBe('not a folder');
    },
  );

  it('counts what was lost, and later calls refer to nothing that was', async () => {
    const dir = join(tempDir(), 'logs');
    writeFileSync(dir, 'in the way');
    const { log, path, diagnostics } = logIn(dir);
    const history = [{ role: 'user', content: 'first' }];
    log.logger(callStart('lost', { messages: history }));
    log.logger(callEnd('lost'));
    // The trouble goes away.
    rmSync(dir);
    mkdirSync(dir);
    log.logger(callStart('kept', { messages: [...history, { role: 'user', content: 'second' }] }));
    await log.close();
    const tree = await readTree(path);
    // The agent's introduction, the call's start and its end.
    expect(tree.audit.dropped).toBe(3);
    expect(tree.agents).toMatchObject([{ calls: [{ id: 'kept' }] }]);
    expect(tree.agents[0]?.calls[0]?.pre.history).toBeUndefined();
    expect(tree.agents[0]?.calls[0]?.pre.messages).toEqual([...history, { role: 'user', content: 'second' }]);
    expect(diagnostics).toHaveLength(1);
  });
});

describe('the logger never throws', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'call.start'],
    [
      'a getter that throws',
      {
        get type() {
          throw new Error('hostile');
        },
      },
    ],
    [
      'a call without messages',
      { type: 'call.start', call_id: 'x', operation: 'chat', provider: 'p', model: 'm' },
    ],
    [
      'a revoked proxy',
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    ],
  ])('when it is given %s', async (_, event) => {
    const { log } = logIn();
    expect(() => log.logger(event as never)).not.toThrow();
    log.logger(callStart('next'));
    await log.close();
    expect(
      (await readTree(join(tempDir(), 'main'))).agents.flatMap(({ calls }) => calls.map(({ id }) => id)),
    ).toContain('next');
  });

  it('when its hook or its clock throws', async () => {
    let calls = 0;
    const log = createCallLog({
      dir: tempDir(),
      tree: false,
      onDiagnostic: () => {
        throw new Error('hook');
      },
      now: () => {
        if (++calls > 2) throw new Error('clock');
        return new Date(0);
      },
    });
    log.defaultRun();
    expect(() => log.logger(callStart('c'))).not.toThrow();
  });

  it('and a call without messages is on record', async () => {
    const { log, path } = logIn();
    log.logger({
      type: 'call.start',
      call_id: 'x',
      operation: 'embeddings',
      provider: 'p',
      model: 'm',
    } as never);
    await log.close();
    expect((await readTree(path)).agents).toMatchObject([{ id: 'unknown_agent', calls: [{ id: 'x' }] }]);
  });
});
