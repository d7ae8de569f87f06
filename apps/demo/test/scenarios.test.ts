import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import { startOfflineServer } from '@pd/llm-client/offline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDemo, startDemo } from './run-demo.ts';

/** Several processes each, on a machine that has other things to do. */
const SLOWEST_MS = 90_000;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-demo-scenarios-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await runDemo([...args, '--json', '--log-dir', dir]);
  const lines = stdout.split('\n').filter((line) => line !== '');
  const events = lines.map((line) => JSON.parse(line));
  const { outcome } = events.find(({ type }) => type === 'end') ?? {};
  const { paths, resume } = events.at(-1) ?? {};
  return { code, stderr, events, outcome, resume, tree: await readTree(paths.journal) };
};

// A few at a time.
describe('every pattern', { concurrent: true, timeout: SLOWEST_MS }, () => {
  it.each([
    ['exchange', 'max_turns', ['simple', 'chaos']],
    ['round-robin', 'max_turns', ['librarian', 'poet', 'treasurer']],
    ['selector', 'max_turns', ['writer', 'critic', 'jester', 'host']],
    ['group-chat', 'max_turns', ['ada', 'ben', 'cleo', 'dan']],
    ['debate', 'done', ['pro', 'con', 'judge']],
    ['swarm', 'done', ['front', 'storeroom', 'refunds']],
    ['pipeline', 'done', ['drafter', 'editor', 'headliner']],
    ['parallel', 'done', ['doctor', 'gardener', 'planner', 'chair']],
    // The stand-in never comes to an end of the tasks it has.
    ['supervisor', 'max_rounds', ['boss', 'storekeeper', 'accountant']],
    ['plan', 'done', ['planner', 'left', 'right', 'critic']],
    ['graph', 'done', ['biologist', 'storyteller', 'writer', 'critic', 'publisher']],
  ])('%s comes to its end, and all of it is on record', async (name, reason, agents) => {
    const { code, stderr, outcome, resume, tree } = await run('--scenario', name);
    expect({ code, stderr, resume, reason: outcome.reason }).toEqual({ code: 0, stderr: '', reason });
    expect(tree.run).toMatchObject({ name, status: 'completed', totals: { errors: 0 } });
    expect(tree.audit).toMatchObject({ dropped: 0, damaged_lines: 0 });
    expect(tree.agents.map(({ id }) => id)).toEqual(expect.arrayContaining(agents));
    expect(tree.messages.filter(({ status }) => status !== 'handled')).toEqual([]);
    expect(tree.agents.flatMap(({ calls }) => calls).filter(({ status }) => status !== 'ok')).toEqual([]);
  });

  it('is shown one speaker after the other, with the tools that were run and the reason for the end', async () => {
    const { code, stdout } = await runDemo(['--scenario', 'plan', '--log-dir', dir]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}user → planner$/m);
    expect(stdout).toMatch(/^ {2}query_stock\({"item":"lamps"}\) → \[{"item":"lamps","amount":437}\]$/m);
    expect(stdout).toMatch(/^ {2}calculate\({"expression":"12 \* 40"}\) → {"value":480}$/m);
    expect(stdout).toMatch(/^Ended: done, after \d+ turns and \d+ messages/m);
  });

  it('is listed with a line each', async () => {
    const { code, stdout } = await runDemo(['--scenario', 'list']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(12);
  });
});

describe('a run goes on', { timeout: SLOWEST_MS }, () => {
  it('after SIGKILL, and ends in the tree of one that was not killed', async () => {
    const own = mkdtempSync(join(dir, 'killed-'));
    const demo = startDemo(['--scenario', 'debate', '--log-dir', own]);
    const whole = run('--scenario', 'debate');
    await demo.printed('\ncon');
    demo.child.kill('SIGKILL');
    expect((await demo.ended).signal).toBe('SIGKILL');
    const [journal = ''] = readdirSync(own).filter((name) => name.endsWith('.jsonl'));
    const before = await readTree(join(own, journal));
    expect(before.run.status).toBe('interrupted');

    const args = ['--resume', journal.replace('.jsonl', ''), '--log-dir', own];
    const { code, stdout, stderr } = await runDemo(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Ended: done/m);
    const after = await readTree(join(own, journal));
    expect(canonicalTree(after)).toEqual(canonicalTree((await whole).tree));
    // What was finished was not asked again.
    const { calls, attempts } = after.run.totals;
    expect(attempts - calls).toBe(
      before.agents.flatMap((agent) => agent.calls).filter(({ status }) => status !== 'ok').length,
    );
  });

  it('with what a person has decided, asked of the same model', async () => {
    await using server = await startOfflineServer();
    const waiting = await run('--scenario', 'approval', '--base-url', server.url, '--model', 'stand-in-1');
    const { runId, pending } = waiting.outcome;
    const [{ id, name }] = pending[0].pending.tool_calls;
    expect({ code: waiting.code, name }).toEqual({ code: 0, name: 'refund' });
    expect(waiting.resume).toContain(`demo --resume ${runId} --allow ${id} --log-dir `);
    expect(waiting.tree.run.status).toBe('interrupted');

    const { code, outcome, tree } = await run('--resume', runId, '--allow', id);
    expect({ code, reason: outcome.reason, status: tree.run.status }).toEqual({
      code: 0,
      reason: 'done',
      status: 'completed',
    });
    const tools = tree.agents.flatMap(({ calls }) => calls.flatMap(({ tool_calls }) => tool_calls ?? []));
    expect(tools).toMatchObject([
      { name: 'refund', status: 'ok', result: expect.stringMatching(/^refunded 120 /) },
    ]);
    expect(tree.messages.every(({ status }) => status === 'handled')).toBe(true);
    expect(server.totals.requests).toBe(3);
  });

  it('from one of its messages on, as another run', async () => {
    const first = await run('--scenario', 'exchange', '--turns', '4');
    const fork = await run(
      '--fork',
      first.outcome.runId,
      '--message',
      '3',
      '--say',
      'Let us speak about music.',
    );
    expect(fork).toMatchObject({ code: 0, stderr: '', outcome: { reason: 'max_turns', turns: 4 } });
    const said = (tree: typeof fork.tree) => tree.messages.map(({ content }) => content);
    expect(said(fork.tree).slice(0, 3)).toEqual([
      ...said(first.tree).slice(0, 2),
      'Let us speak about music.',
    ]);
    expect(said(fork.tree)[3]).not.toEqual(said(first.tree)[3]);
    const nowhere = await runDemo([
      '--fork',
      first.outcome.runId,
      '--message',
      '9',
      '--say',
      'x',
      '--log-dir',
      dir,
    ]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toBe('there is no message 9 in this run: give an id, or a number from 1 to 5\n');
  });
});
