/**
 * How large is the journal of a conversation that sends its whole history with every call? Sixty turns, beside one JSON a
 * call with the whole request in it. With a picture in the first message, too. Sizes, so once is enough.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog } from '@pd/call-log';

const TURNS = 60;

interface Sizes {
  journal: number;
  oneJsonACall: number;
}

/** @param ask characters of each question @param answer of each answer @param picture bytes of a picture that is asked about */
async function measure(ask: number, answer: number, picture: number): Promise<Sizes> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-bench-'));
  try {
    const log = createCallLog({ dir, tree: false });
    const messages: object[] = [{ role: 'system', content: 'You build bridges. '.repeat(10) }];
    if (picture > 0) {
      const url = `data:image/png;base64,${Buffer.alloc(picture, 'not one byte like the next').toString('base64')}`;
      messages.push({ role: 'user', content: [{ type: 'image_url', image_url: { url } }] });
    }
    let oneJsonACall = 0;
    for (let turn = 0; turn < TURNS; turn++) {
      messages.push({ role: 'user', content: `${turn} `.padEnd(ask, 'What makes a good bridge? ') });
      const message = { role: 'assistant', content: `${turn} `.padEnd(answer, 'One that stands. ') };
      const call_id = `call_${turn}`;
      const said = { provider: 'openai', model: 'gpt-5.4-mini' };
      const reply = { id: `chatcmpl-${turn}`, model: 'gpt-5.4-mini', message, finish_reason: 'stop' };
      const usage = { input_tokens: 1_000, output_tokens: 200, source: 'provider' } as const;
      const how = { status: 'ok', duration_ms: 1_234.5 } as const;
      const agent = { id: 'simple' };
      log.logger({ type: 'call.start', call_id, agent, operation: 'chat', ...said, messages: [...messages] });
      log.logger({ type: 'attempt.start', call_id, number: 1, ...said });
      log.logger({ type: 'attempt.end', call_id, number: 1, ...how, http_status: 200, usage });
      log.logger({ type: 'call.end', call_id, ...how, reply, usage });
      const at = new Date().toISOString();
      const record = { at, call_id, agent, ...said, messages, ...how, reply, usage };
      oneJsonACall += Buffer.byteLength(JSON.stringify(record)) + 1;
      messages.push(message);
    }
    await log.close();
    return { journal: sizeOf(dir), oneJsonACall };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Blobs included. */
function sizeOf(dir: string): number {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

const kb = (bytes: number) => `${(bytes / 1e3).toFixed(0).padStart(7)} kB`;
for (const [ask, answer, picture] of [
  [100, 200, 0],
  [300, 600, 0],
  [500, 1_000, 0],
  [2_000, 2_000, 0],
  [300, 600, 100_000],
] as const) {
  const { journal, oneJsonACall } = await measure(ask, answer, picture);
  const cells = [
    `${TURNS} turns of ${ask} + ${answer} characters`.padEnd(38),
    picture > 0 ? `picture of ${kb(picture)}` : ''.padEnd(21),
    `journal ${kb(journal)}`,
    `one JSON a call ${kb(oneJsonACall)}`,
    `${(oneJsonACall / journal).toFixed(1)} ×`,
  ];
  console.log(cells.join('   '));
}
