import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCallLog, readTree } from '../src/index.ts';
import { canonicalTree, findRun, summariseRun, verifyRun } from '../src/reader.ts';
import type { LogEvent } from '../src/schema/logger-events.ts';
import type { RunTree } from '../src/schema/tree.ts';
import { useTempDir } from './helpers.ts';
import { restOf, script } from './resumable-script.ts';

const tempDir = useTempDir();
const run = { id: 'run', name: 'n', metadata: { plan: 'b' } };

/** As if whoever has written it had died there: half a header would be that of this process, which lives. */
function cut(from: string, to: string, share: number): void {
  const text = readFileSync(from, 'utf8').replace(/"process_start":"\d+"/, '"process_start":"1"');
  const bytes = Buffer.from(text);
  writeFileSync(to, bytes.subarray(0, Math.floor(bytes.length * share)));
}

async function record(dir: string, events: readonly LogEvent[], resumes: boolean): Promise<void> {
  const log = createCallLog({ dir, tree: 'inline', progressMs: 0 });
  const play = () => {
    for (const event of events) log.logger(event);
  };
  await (resumes ? log.resume(run, play) : log.run(run, play));
  await log.close();
}

/** What is on record, with all that every reader says of it in agreement. */
async function readBack(dir: string): Promise<RunTree> {
  const tree = await readTree(join(dir, 'run.jsonl'));
  const found = await findRun('run', dir);
  const { attempts: _, ...totals } = tree.run.totals;
  expect(await summariseRun(found)).toMatchObject({ ...totals, name: 'n', status: tree.run.status });
  const report = await verifyRun(found);
  expect(report.status).toBe(tree.run.status);
  expect(report.findings.filter(({ kind }) => kind === 'orphan' || kind === 'interrupted_call')).toEqual([]);
  return tree;
}

it('a journal that was cut at any byte and continued reads as the whole one, and again', async () => {
  await fc.assert(
    fc.asyncProperty(
      script,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (events, first, second) => {
        const [whole, part] = [join(tempDir(), 'whole'), join(tempDir(), 'part')];
        for (const dir of [whole, part]) rmSync(dir, { recursive: true, force: true });
        await record(whole, events, false);
        const uncut = await readTree(join(whole, 'run.jsonl'));

        mkdirSync(join(part, 'run'), { recursive: true });
        cut(join(whole, 'run.jsonl'), join(part, 'run.jsonl'), first);
        const told = () => readTree(join(part, 'run.jsonl')).catch(() => undefined);
        await record(part, restOf(events, await told()), true);
        const once = await readBack(part);
        expect(canonicalTree(once)).toEqual(canonicalTree(uncut));
        expect(once.run).toMatchObject({ status: 'completed', metadata: run.metadata });
        expect(once.orphans).toEqual([]);
        expect(once.steps?.map(({ id, value }) => [id, value])).toEqual(
          uncut.steps?.map(({ id, value }) => [id, value]),
        );
        expect(JSON.parse(readFileSync(join(part, 'run.json'), 'utf8'))).toEqual(once);

        const resumed = join(part, 'run', 'resume-1.jsonl');
        cut(resumed, resumed, second);
        await record(part, restOf(events, await told()), true);
        const twice = await readBack(part);
        expect(canonicalTree(twice)).toEqual(canonicalTree(uncut));
        expect(twice.orphans).toEqual([]);
      },
    ),
    { numRuns: 80 },
  );
});
