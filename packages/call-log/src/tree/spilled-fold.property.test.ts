import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText, useTempDir } from '../../test/helpers.ts';
import { journalLines, runEvents } from '../../test/random-run.ts';
import { parseLine } from '../reader/parse-line.ts';
import { createSpill } from './create-spill.ts';
import { RunFold } from './run-fold.ts';
import { writeTree } from './write-tree.ts';

const tempDir = useTempDir();

it('a tree that was built by way of a file is the one that was built in memory, at any moment', () => {
  const path = join(tempDir(), 'run.json');
  fc.assert(
    fc.property(runEvents, fc.nat(3), fc.integer({ min: 1, max: 20 }), (events, kept, every) => {
      const spill = createSpill(path);
      const fold = new RunFold(spill, kept);
      const lines = journalLines(events);
      lines.forEach((line, i) => {
        const parsed = parseLine(line.trimEnd());
        if (parsed.kind === 'event') fold.push(parsed.event);
        if (i % every !== 0 && i < lines.length - 1) return;
        writeTree(path, fold.outline({ alive: true }));
        const inMemory = foldText(lines.slice(0, i + 1).join(''), true);
        expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(inMemory)));
      });
      spill.close();
    }),
    { numRuns: 60 },
  );
  expect(readdirSync(tempDir())).toEqual(['run.json']);
});

it('a late tool result and a later status find their way into what has left memory', () => {
  const path = join(tempDir(), 'run.json');
  const spill = createSpill(path);
  const fold = new RunFold(spill, 0);
  const push = (event: object) => {
    const parsed = parseLine(JSON.stringify({ seq: 0, at: 't', ...event }));
    if (parsed.kind !== 'event') throw new Error(`not a record: ${JSON.stringify(event)}`);
    fold.push(parsed.event);
  };
  const call = { agent_id: 'a', agent_source: 'explicit', operation: 'chat', provider: 'p', model: 'm' };
  const message = { role: 'user', content: 'hello' };
  push({ type: 'call.start', call_id: 'c', ...call, messages: [{ hash: 'h', message }, { hash: 'h' }] });
  push({ type: 'call.end', call_id: 'c', status: 'ok', cost_usd: 0.5 });
  push({ type: 'message', message_id: 'm', from: 'a', content: 'hi', status: 'delivered' });
  push({ type: 'call.start', call_id: 'd', ...call, messages: [{ hash: 'h' }] });
  push({ type: 'tool.start', call_id: 'c', tool_call_id: 't', name: 'look' });
  push({ type: 'tool.end', call_id: 'c', tool_call_id: 't', status: 'ok', result: 'seen' });
  push({ type: 'message', message_id: 'm', status: 'handled' });
  push({ type: 'call.end', call_id: 'c', status: 'error' });
  writeTree(path, fold.outline({ alive: false }));
  const tree = JSON.parse(readFileSync(path, 'utf8'));
  expect(tree.run.totals).toMatchObject({ calls: 2, errors: 1, cost_usd: 0.5 });
  expect(tree.agents[0].calls).toMatchObject([
    { status: 'ok', pre: { messages: [message, message] }, tool_calls: [{ name: 'look', result: 'seen' }] },
    { status: 'interrupted', pre: { messages: [message] } },
  ]);
  expect(tree.messages).toMatchObject([{ content: 'hi', status: 'handled' }]);
  expect(tree.orphans).toMatchObject([{ type: 'call.end', status: 'error' }]);
  spill.close();
});
