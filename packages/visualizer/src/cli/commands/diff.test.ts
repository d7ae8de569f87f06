import { describe, expect, it } from 'vitest';
import { buildAgent, buildCall, buildTree } from '../../fixtures/build-tree.ts';
import { runCli } from '../run-cli.ts';
import type { Terminal } from '../terminal.ts';

/** `a` and `same` are the same run, `b` was answered otherwise and cost more; there is no other log. */
async function run(...args: string[]) {
  const files = new Map<string, unknown>();
  const seen = { code: -1, out: '', err: '', files };
  const answers: Record<string, [string, number]> = {
    a: ['yes', 1],
    same: ['yes', 1],
    b: ['no \u001b[31m\u202e', 2],
  };
  const terminal: Terminal = {
    async readLog(path) {
      const [content, cost] = answers[path] ?? [];
      if (content === undefined || cost === undefined) throw new Error(`no log at ${path}`);
      const call = buildCall('c', { cost_usd: cost, post: { message: { role: 'assistant', content } } });
      return {
        tree: buildTree({ agents: [buildAgent('planner', [call])] }),
        base: path,
        files: [path],
        notes: [],
      };
    },
    readTree: async (path) => (await terminal.readLog(path, '.')).tree,
    async writeFile(path, content) {
      files.set(path, content);
    },
    async write(content) {
      seen.out += String(content);
    },
    version: async () => '1.2.3',
    paint: (_, text) => text,
    stderrIsTerminal: false,
    now: () => new Date(0),
    showStacks: false,
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
  };
  seen.code = await runCli(['diff', ...args], terminal);
  return seen;
}

describe('pd-visualizer diff', () => {
  it('tells what differs first, in 80 columns, and nothing that acts on a terminal', async () => {
    const { code, out } = await run('a', 'b');
    expect(code).toBe(0);
    expect(out).toContain('First difference: call 1 of planner differs in reply, cost');
    expect(out).toContain('- yes');
    for (const control of ['\u001b', '\u202e']) expect(out).not.toContain(control);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    [['a', 'same'], 0],
    [['a', 'same', '--fail-on', 'any,cost,errors'], 0],
    [['a', 'b'], 0],
    [['a', 'b', '--fail-on', 'topology,cost>200%'], 0],
    [['a', 'b', '--fail-on', 'topology,cost>10%'], 1],
    [['a', 'b', '--fail-on', 'replies'], 1],
    [['a'], 2],
    [['a', 'b', 'c'], 2],
    [['a', 'b', '--fail-on', 'beauty'], 2],
    [['a', 'b', '--json', '--markdown'], 2],
    [['a', 'b', '-o', 'x.pdf'], 2],
    [['a', 'missing'], 3],
    [['a', 'b', '--fail-on', 'tokens'], 3],
  ])('%j exits with %d', async (args, expected) => {
    const { code, err } = await run(...args);
    expect(code).toBe(expected);
    if (expected === 2) expect(err).toMatch(/^pd-visualizer: .+\n$/);
  });

  it('writes JSON, Markdown and pages', async () => {
    expect(JSON.parse((await run('a', 'b', '--json', '--fail-on', 'any')).out)).toMatchObject({
      is_same: false,
      first_divergence: {
        agent_id: 'planner',
        differences: [{ field: 'reply', a: 'yes' }, { field: 'cost' }],
      },
      verdicts: [{ condition: 'any', outcome: 'holds' }],
    });
    expect((await run('a', 'b', '--markdown')).out).toMatch(/^## The runs differ\n/);
    const { files, out } = await run('a', 'b', '-o', 'x.html');
    expect(files.get('x.html')).toMatch(/^<!doctype html>/);
    expect(out).toContain('First difference');
    expect((await run('a', 'b', '-o', '-')).out).toMatch(/^<!doctype html>/);
  });
});
