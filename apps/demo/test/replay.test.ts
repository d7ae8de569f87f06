import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readTree } from '@pd/call-log';
import { canonicalTree } from '@pd/call-log/reader';
import type { LLMClientOptions } from '@pd/llm-client';
import { startOfflineServer } from '@pd/llm-client/offline';
import { afterEach, beforeEach, expect, it } from 'vitest';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pd-demo-replay-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Plays the exchange in a process of its own; the path of its journal. */
async function play(client: LLMClientOptions, blocked: boolean): Promise<string> {
  const program = join(import.meta.dirname, 'exchange-program.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    JSON.stringify({ dir, client, blocked }),
  ]);
  return stdout;
}

it('a whole exchange is played again with the network blocked, and its tree is the same', async () => {
  const baseURL = 'http://127.0.0.1:1/v1';
  let original: string;
  {
    await using server = await startOfflineServer();
    original = await play({ model: 'stand-in-1', baseURL: server.url }, false);
    expect(server.totals.requests).toBe(6);
  }
  const tree = await readTree(original);
  expect(tree.run).toMatchObject({ status: 'completed', totals: { calls: 6, errors: 0 } });
  for (const path of [original, original.replace('.jsonl', '.json')]) {
    const replayed = await readTree(await play({ model: 'stand-in-1', baseURL, replay: path }, true));
    expect(canonicalTree(replayed)).toEqual(canonicalTree(tree));
  }
  // Blocked indeed: without the record there is no answer.
  await expect(play({ model: 'stand-in-1', baseURL, retry: false }, true)).rejects.toThrow(
    /ConnectionError|cannot be reached|not to use the network/,
  );
});
