import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from '@pd/call-log';
import { callsById, expandRequest } from '@pd/call-log/reader';
import { createLLMClient } from '@pd/llm-client';
import { toHtml, toMermaid } from '@pd/visualizer';
import { expect, it } from 'vitest';
import { startDemo } from './run-demo.ts';

/** The whole idea in one test: record a run, kill it, read it, draw it, and answer one of its calls from the record. */
it('records, survives SIGKILL, is read, drawn and replayed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pd-thread-'));
  try {
    const demo = startDemo(['--turns', '50', '--log-dir', dir]);
    await demo.printed('chaos → simple');
    await demo.printed('simple → chaos');
    demo.child.kill('SIGKILL');
    await demo.ended;

    const journal = join(dir, readdirSync(dir).find((name) => name.endsWith('.jsonl')) ?? 'none');
    const tree = await readTree(journal);
    expect(tree.run.status).toBe('interrupted');
    const calls = tree.agents.flatMap((agent) => agent.calls);
    expect(calls.at(0)?.status).toBe('ok');
    // Whatever the snapshot says, and whether there is one, the journal has every line that was acknowledged.
    const lines = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(tree.audit.events + tree.audit.damaged_lines).toBe(lines.length);

    const html = toHtml(tree);
    expect(html).toContain('simple');
    expect(toMermaid(tree, { kind: 'sequence' })).toMatch(/^sequenceDiagram/);

    const recorded = tree.agents.find(({ id }) => id === 'simple')?.calls[0];
    if (recorded === undefined) throw new Error('no call on record');
    const client = createLLMClient({
      model: recorded.pre.model,
      provider: 'offline',
      baseURL: 'http://127.0.0.1:1',
      replay: journal,
    });
    const messages = expandRequest(recorded, callsById(tree)) as never;
    const answer = await client.chat({ messages, agent: { id: 'simple' } });
    expect(answer.text).toBe(recorded.post?.message?.content);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
