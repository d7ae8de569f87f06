import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallLogOptions, createCallLog, type RunTree, readTree } from '@pd/call-log';
import { afterEach, beforeEach } from 'vitest';
import { createLLMClient, type LLMClient, type LLMClientOptions } from '../src/index.ts';

/** A folder of logs for each test of a file, and what records a program there. */
export function useRecordings() {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pd-replay-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Runs a program with a client that has no server unless `options` name one, and reads what was recorded. */
  async function record(
    options: Partial<LLMClientOptions>,
    program: (client: LLMClient) => Promise<unknown>,
    logOptions: CallLogOptions = {},
  ): Promise<{ tree: RunTree; path: string }> {
    await using log = createCallLog({ dir, tree: false, ...logOptions });
    const client = createLLMClient({
      model: 'stand-in-1',
      baseURL: 'http://127.0.0.1:1/v1',
      logger: log.logger,
      ...options,
    });
    const path = await log.run({ name: 'program' }, async (run) => {
      await program(client);
      return run.journalPath;
    });
    return { path, tree: await readTree(path) };
  }

  return { record, dir: () => dir };
}
