import { describe, expect, it } from 'vitest';
import { buildMessage, buildTree } from '../fixtures/build-tree.ts';
import { type Content, chunksOf } from '../output/content.ts';
import { runCli } from './run-cli.ts';
import type { Terminal } from './terminal.ts';

async function run(...args: string[]) {
  const files = new Map<string, Content>();
  const seen = { code: -1, out: '', err: '', files };
  const terminal: Terminal = {
    async readLog(path) {
      if (path.includes('missing')) throw new Error(`no log at ${path}:\n  give another`);
      const tree = buildTree({ name: 'demo', messages: [buildMessage()] });
      const base = path.replace(/\.jsonl?$/, '');
      return { tree: { ...tree, run: { ...tree.run, id: base } }, base, files: [path], notes: [] };
    },
    readTree: async (path) => (await terminal.readLog(path, './logs')).tree,
    async writeFile(path, content) {
      if (path.startsWith('/nowhere/')) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      files.set(path, await whole(content));
    },
    version: async () => '1.2.3',
    paint: (_, text) => text,
    stderrIsTerminal: false,
    now: () => new Date(0),
    showStacks: false,
    async write(content) {
      seen.out += await whole(content);
    },
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
  };
  seen.code = await runCli(args, terminal);
  return seen;
}

describe('pd-visualizer', () => {
  it.each([
    ['logs/run-1.json', 'logs/run-1.html'],
    ['logs/run-1.jsonl', 'logs/run-1.html'],
    ['logs/run.1', 'logs/run.1.html'],
  ])('html %s writes %s and says so', async (log, file) => {
    const { code, out, files } = await run('html', log);
    expect(code).toBe(0);
    expect(out).toBe(`${file}\n`);
    expect(files.get(file)).toMatch(/^<!doctype html>/);
  });

  it('html puts several runs into one page, beside the first', async () => {
    const { out, files } = await run('html', 'logs/a.json', 'b.jsonl');
    expect(out).toBe('logs/runs.html\n');
    expect([...files.keys()]).toEqual(['logs/runs.html']);
    const page = String(files.get('logs/runs.html'));
    expect(page).toContain('"id":"logs/a"');
    expect(page).toContain('"id":"b"');
    expect((await run('html', 'a', 'b', '-o', 'x.html')).out).toBe('x.html\n');
  });

  it('html -o - writes the page to standard output', async () => {
    const { out, files } = await run('html', 'run', '-o', '-');
    expect(out).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(files.size).toBe(0);
  });

  it('mermaid writes to standard output, or to a file', async () => {
    expect((await run('mermaid', 'run')).out).toMatch(/^flowchart LR\n/);
    expect((await run('mermaid', 'run', '--kind', 'sequence')).out).toMatch(/^sequenceDiagram\n/);
    expect((await run('mermaid', 'run', '-o', 'x.mmd')).files.get('x.mmd')).toMatch(/^flowchart LR\n/);
  });

  it('svg writes a file, in the theme and form that are asked for', async () => {
    const { out, files } = await run(
      'svg',
      'logs/run.json',
      '--theme',
      'dark',
      '--form',
      'matrix',
      '--title',
      'T',
    );
    expect(out).toBe('logs/run.svg\n');
    expect(files.get('logs/run.svg')).toMatch(/^<svg [\s\S]*#14161a[\s\S]*>T<\/text>[\s\S]*Rows send/);
  });

  it('tells help and version', async () => {
    expect((await run('--help')).out).toContain('pd-visualizer <command> --help');
    expect((await run('--version')).out).toBe('1.2.3\n');
  });

  it.each([
    [['html', 'missing.json'], 'no log at missing.json: give another'],
    [['html', 'run', '-o', '/nowhere/x.html'], 'ENOENT'],
  ])('%j fails with 1 and one line', async (args, message) => {
    const { code, err, out } = await run(...args);
    expect(code).toBe(1);
    expect(err).toContain(`pd-visualizer: ${message}`);
    expect(err.trimEnd()).not.toContain('\n');
    expect(out).toBe('');
  });

  it.each([
    [[], 'say what to make'],
    [['paint', 'run'], 'no command "paint"'],
    [['html'], 'say which log'],
    [['svg', 'a', 'b'], 'one log at a time'],
    [['html', 'a.json', 'a.jsonl'], 'a.json and a.jsonl are the same run, a'],
    [['html', 'a.json', 'b.json', '-o', 'b.json'], 'b.json is one of the logs'],
    [['html', 'a', '--kind', 'flow'], "Unknown option '--kind'"],
    [['mermaid', 'a', '--kind', 'pie'], 'flow or sequence, not "pie"'],
    [['svg', 'a', '--theme', 'blue'], 'light or dark or auto, not "blue"'],
    [['html', 'a', '--colour'], "Unknown option '--colour'"],
  ])('%j is not understood: 2 and one line', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

async function whole(content: Content): Promise<string> {
  let text = '';
  for await (const chunk of chunksOf(content))
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
  return text;
}
