import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toOtlpLines } from '../otlp/to-otlp-lines.ts';
import { readForeignRuns } from './read-foreign-runs.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'call-log-test-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const chat = JSON.stringify([
  { role: 'user', content: 'hi' },
  { role: 'assistant', content: 'hello' },
  { role: 'user', content: 'bye' },
]);

it('reads a conversation in its order, without times of its own, the same every time', async () => {
  const path = write('my chat!.json', chat);
  const { trees, isConversation, notes } = await readForeignRuns(path);
  expect({ isConversation, notes }).toEqual({ isConversation: true, notes: [] });
  const [tree] = trees;
  expect(tree?.run).toMatchObject({ id: 'conversation-my-chat-', name: 'my chat!', status: 'completed' });
  expect(tree?.run).not.toHaveProperty('started_at');
  expect(tree?.agents.find(({ id }) => id === 'assistant')?.calls[0]).not.toHaveProperty('duration_ms');
  expect(tree?.messages.map(({ at, content }) => [at, content])).toEqual([
    ['1970-01-01T00:00:01.000Z', 'hi'],
    ['1970-01-01T00:00:02.000Z', 'hello'],
  ]);
  expect(await readForeignRuns(path)).toEqual({ trees, isConversation, notes });
});

it('reads OTLP/JSON back as the run it was', async () => {
  const [tree] = (await readForeignRuns(write('chat.json', chat))).trees;
  if (tree === undefined) throw new Error('there is no tree');
  const { trees, isConversation } = await readForeignRuns(
    write('run.otlp.jsonl', [...toOtlpLines(tree)].join('\n')),
  );
  expect(isConversation).toBe(false);
  expect(trees.map(({ run, messages }) => [run.id, messages])).toEqual([[tree.run.id, tree.messages]]);
});

it('says of a log by another name that it is one', async () => {
  const path = write('run.log', '{"type":"segment.start","seq":0}\n{"type":"run.start"}\n');
  await expect(readForeignRuns(path)).rejects.toThrow('it is a run already');
});
