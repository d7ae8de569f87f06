import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText, useTempDir } from '../../test/helpers.ts';
import { journalLines, runEvents } from '../../test/random-run.ts';
import type { RunTree } from '../schema/tree.ts';
import { writeTreeRun } from './write-tree-run.ts';

const tempDir = useTempDir();

/** Without what tells of the journal itself. */
function withoutJournal({ audit, orphans, ...tree }: RunTree) {
  const { events: _, damaged_lines: __, ...counts } = audit;
  return { ...tree, counts, orphans: orphans.map(({ seq: ___, ...orphan }) => orphan) };
}

it('what is written of a tree folds to that tree', () => {
  const lines = fc
    .tuple(
      runEvents,
      fc.infiniteStream(fc.constantFrom(0, 1, 1, 1, 1, 1, 2)),
      fc.infiniteStream(fc.nat(5)),
      fc.boolean(),
    )
    .map(([given, copies, seconds, ended]) => {
      // Clocks are set back, and segments of several hosts disagree.
      const events = given.map((event) => ({
        ...event,
        at: `2026-01-01T00:00:0${seconds.next().value}.000Z`,
      }));
      const [header = '', start = '', ...rest] = journalLines(events);
      const end = `${JSON.stringify({ seq: 999, type: 'run.end', at: '2026-01-01T00:00:01.000Z', status: 'failed', error: { type: 'E', message: 'no' } })}\n`;
      const kept = rest.flatMap((line) => Array.from({ length: copies.next().value ?? 1 }, () => line));
      return [header, start, ...kept, ...(ended ? [end] : [])];
    });
  fc.assert(
    fc.property(lines, (journal) => {
      for (const extension of ['json', 'jsonl']) rmSync(join(tempDir(), `r.${extension}`), { force: true });
      const tree = foldText(journal.join(''));
      const id = writeTreeRun(tree, { dir: tempDir(), redact: false });
      const path = join(tempDir(), id);
      const written = foldText(readFileSync(`${path}.jsonl`));
      expect(withoutJournal(written)).toEqual(withoutJournal(tree));
      expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toEqual(written);
    }),
    { numRuns: 300 },
  );
});
