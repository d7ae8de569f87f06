import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText } from '../../test/helpers.ts';
import { journalLines, runEvents } from '../../test/random-run.ts';
import { SummaryFold } from './summary-fold.ts';

it('agrees with the totals of the tree', () => {
  fc.assert(
    fc.property(runEvents, (events) => {
      const text = journalLines(events).join('');
      const fold = new SummaryFold();
      for (const record of text.split('\n')) if (record !== '') fold.push(record);
      const { run, agents } = foldText(text);
      const { attempts: _, ...totals } = run.totals;
      expect({ ...fold.totals, errors: fold.totals.errors + fold.interruptedCalls(() => false) }).toEqual(
        totals,
      );
      expect(fold.agents.size).toBe(agents.filter(({ calls }) => calls.length > 0).length);
    }),
  );
});
