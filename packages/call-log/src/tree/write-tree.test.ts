import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { callEnd, callStart, useTempDir } from '../../test/helpers.ts';
import { createCallLog } from '../call-log.ts';
import { readTree } from '../reader/read-tree.ts';
import { runTreeSchema } from '../schema/tree.ts';

const tempDir = useTempDir();

it('a large tree has a call a line and is the same tree', async () => {
  const log = createCallLog({ dir: tempDir(), tree: 'inline', defaultRun: { id: 'run' } });
  for (let i = 0; i < 1_000; i++) {
    const agent = { id: `agent-${i % 7}` };
    log.logger({ ...callStart(`c${i}`), agent, messages: [{ role: 'user', content: `${i} é 😀` }] });
    log.logger({
      type: 'message',
      message_id: `m${i}`,
      from: agent.id,
      call_id: `c${i}`,
      status: 'delivered',
    });
    log.logger({ type: 'log', level: 'info', message: `${i}`, call_id: `c${i}` });
    if (i % 100 !== 0) log.logger(callEnd(`c${i}`));
  }
  await log.close();
  const text = readFileSync(join(tempDir(), 'run.json'), 'utf8');
  const tree = runTreeSchema.parse(JSON.parse(text));
  expect(tree).toEqual(await readTree(join(tempDir(), 'run.jsonl')));
  expect(tree.logs).toHaveLength(1_000);
  expect(text.match(/^\{"id":"c\d+"/gm)).toHaveLength(1_000);
});

it('has the chunks of a stream on two lines, and every text as it was', async () => {
  const log = createCallLog({ dir: tempDir(), tree: 'inline', defaultRun: { id: 'run' } });
  const content = '[\n  1,\n  2\n]';
  const chunks = { ends: [1, 4, 12], at_ms: [0.5, 10, 1e21] };
  log.logger({ ...callStart('c'), messages: [{ role: 'user', content }] });
  log.logger({ ...callEnd('c'), reply: { message: { role: 'assistant', content } }, chunks });
  await log.close();
  const text = readFileSync(join(tempDir(), 'run.json'), 'utf8');
  expect(text).toMatch(/^ +"ends": \[ 1, 4, 12 \],\n +"at_ms": \[ 0\.5, 10, 1e\+21 \]$/m);
  const tree = runTreeSchema.parse(JSON.parse(text));
  expect(tree).toEqual(await readTree(join(tempDir(), 'run.jsonl')));
  const call = tree.agents[0]?.calls[0];
  expect(call?.chunks).toEqual(chunks);
  expect(call?.post?.message?.content).toBe(content);
});
