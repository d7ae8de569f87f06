import { describe, expect } from 'vitest';
import { accessibilityFaults } from '../src/accessibility.ts';
import { crewRun } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import { drawer, graphTab, listTab } from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const crew = writePage(temporaryFolder(), crewRun());

describe.each([{ colorScheme: 'light' }, { colorScheme: 'dark', rule: 'color-contrast' }] as const)(
  'in $colorScheme colours',
  ({ rule, ...options }: { colorScheme: 'light' | 'dark'; rule?: string }) => {
    test('axe-core finds nothing serious, whatever is open', async ({ open }) => {
      const page = await open(crew, options);
      expect(await accessibilityFaults(page, rule), 'at first').toEqual([]);
      await graphTab(page, 'Matrix').click();
      await listTab(page, 'Calls').click();
      expect(await accessibilityFaults(page, rule), 'matrix and list of calls').toEqual([]);
      await graphTab(page, 'Calls').click();
      await listTab(page, 'Analysis').click();
      expect(await accessibilityFaults(page, rule), 'a node per call, analysis').toEqual([]);
      await graphTab(page, 'Graph').click();
      await listTab(page, 'Record').click();
      await page.getByRole('button', { name: 'Writer, ' }).press('Enter');
      expect(await accessibilityFaults(page, rule), 'an agent chosen, the rest of the record').toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page, rule), 'help').toEqual([]);
    });

    test('axe-core finds nothing serious in the drawer', async ({ open }) => {
      const page = await open(`${crew}#call=facts`, options);
      await drawer(page, { id: 'facts' }).getByText('Raw JSON').click();
      expect(await accessibilityFaults(page, rule), 'attempts').toEqual([]);
      await page.keyboard.press('e');
      await drawer(page, { id: 'timeout' }).getByText('socket hang up').waitFor();
      expect(await accessibilityFaults(page, rule), 'an error').toEqual([]);
      const other = await open(`${crew}#call=final&diff=1&at=30000&q=bridge`, options);
      await drawer(other, { id: 'final' }).getByText('as before').waitFor();
      expect(await accessibilityFaults(other, rule), 'a difference').toEqual([]);
    });
  },
);
