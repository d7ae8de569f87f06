import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallLog, type RunTree, readTree } from '@pd/call-log';
import type { Logger } from '@pd/call-log/schema';
import type { ScenarioEvent, ScenarioRun } from '../src/index.ts';

/** What a scenario left on record, and the events it gave. */
export interface Recorded {
  tree: RunTree;
  events: ScenarioEvent[];
  error?: unknown;
}

/** Runs a scenario in a log of its own, to its end or its failure. */
export async function record(start: (logger: Logger) => ScenarioRun): Promise<Recorded> {
  const dir = mkdtempSync(join(tmpdir(), 'pd-scenario-'));
  try {
    await using log = createCallLog({ dir, tree: false });
    const events: ScenarioEvent[] = [];
    let error: unknown;
    const run = await log.run({}, async (begun) => {
      try {
        for await (const event of start(log.logger)) events.push(event);
      } catch (reason) {
        error = reason;
      }
      return begun;
    });
    return { tree: await readTree(run.journalPath), events, ...(error !== undefined && { error }) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
