import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** What the script leaves in the page. */
declare const axe: typeof import('axe-core');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds wrong with the page as it is, of what keeps somebody from using it: rule, element, why.
 *
 * The script is handed over by the debugger: the page's own policy lets no other run.
 *
 * @param rule the only one to look with. Default: all
 */
export async function accessibilityFaults(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(`${AXE};undefined`);
  const options: RunOptions = { resultTypes: ['violations'], ...(rule !== undefined && { runOnly: [rule] }) };
  const { violations } = await page.evaluate((wanted) => axe.run(document, wanted), options);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        // The number in a node of the graph is no part of its label, which is what people call it by.
        .filter(({ html }) => id !== 'label-content-name-mismatch' || !/^<[ag] class="node /.test(html))
        .slice(0, 5)
        .map(
          ({ target, any }) => `${id}: ${target.join(' ')}: ${any.map(({ message }) => message).join('; ')}`,
        ),
    );
}
