import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { RunTree } from '@pd/call-log';
import { toHtml } from '@pd/visualizer';

/**
 * Draws the run beside its tree and returns the page's path.
 *
 * @throws an error that says where it could not be written
 */
export async function writePage(tree: RunTree, treePath: string): Promise<string> {
  const path = treePath.replace(/\.json$/, '.html');
  try {
    await writeFile(path, toHtml(tree), { mode: 0o600 });
    return path;
  } catch (cause) {
    throw new Error(`the page cannot be written to ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** How long a browser's starter may take to say that there is none, in milliseconds. */
const STARTING_MS = 1000;

/** Shows the page in the user's browser; a machine without one is no reason to fail. */
export async function openPage(path: string, onProblem: (line: string) => void): Promise<void> {
  try {
    const { default: open } = await import('open');
    const ended = once(await open(path), 'exit');
    const [code] = await Promise.race([ended, setTimeout(STARTING_MS, [0])]);
    if (code) throw new Error(`exit code ${code}`);
  } catch (error) {
    onProblem(`no browser could be opened (${(error as Error).message}): open ${path} yourself`);
  }
}
