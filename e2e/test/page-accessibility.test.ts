import { describe, expect } from 'vitest';
import { accessibilityFaults } from '../src/accessibility.ts';
import { crewRun } from '../src/crew-run.ts';
import { test } from '../src/page-test.ts';
import { drawer, tab } from '../src/run-page.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { writePage } from '../src/written-page.ts';

const crew = writePage(temporaryFolder(), crewRun());

describe.each([{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const)(
  'in $colorScheme colours',
  (options) => {
    test('axe-core finds nothing serious, whatever is open', async ({ open }) => {
      const page = await open(crew, options);
      expect(await accessibilityFaults(page), 'at first').toEqual([]);
      for (const name of ['Matrix', 'Calls']) await tab(page, name).click();
      expect(await accessibilityFaults(page), 'matrix and list of calls').toEqual([]);
      for (const name of ['Graph', 'Record']) await tab(page, name).click();
      await page.getByRole('button', { name: 'Writer, ' }).press('Enter');
      expect(await accessibilityFaults(page), 'an agent chosen, the rest of the record').toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page), 'help').toEqual([]);
    });

    test('axe-core finds nothing serious in the drawer', async ({ open }) => {
      const page = await open(`${crew}#call=facts`, options);
      await drawer(page, { id: 'facts' }).getByText('Raw JSON').click();
      expect(await accessibilityFaults(page), 'attempts').toEqual([]);
      await page.keyboard.press('e');
      await drawer(page, { id: 'timeout' }).getByText('socket hang up').waitFor();
      expect(await accessibilityFaults(page), 'an error').toEqual([]);
      const other = await open(`${crew}#call=final&diff=1&at=30000&q=bridge`, options);
      await drawer(other, { id: 'final' }).getByText('as before').waitFor();
      expect(await accessibilityFaults(other), 'a difference').toEqual([]);
    });
  },
);
