import { CallLogError } from '../errors/call-log-error.ts';
import type { FoundRun } from '../reader/find-runs.ts';
import { createProgress } from './progress.ts';
import { safeLine } from './safe-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Does something with every run, one after the other, and says how far it is.
 *
 * @returns the results, and how many could not be read; those are told on standard error
 */
export async function eachRun<T>(
  runs: readonly FoundRun[],
  what: string,
  work: (run: FoundRun) => Promise<T>,
  terminal: Terminal,
): Promise<{ results: T[]; failed: number }> {
  const progress = createProgress(what, runs.length, terminal);
  const results: T[] = [];
  const problems: string[] = [];
  for (const [i, run] of runs.entries()) {
    progress.at(i);
    try {
      results.push(await work(run));
    } catch (error) {
      // A file that is no log, not readable, or gone by now is no reason to hide the others.
      if (!CallLogError.isInstance(error) && !('syscall' in (error as Error))) throw error;
      problems.push((error as Error).message);
    }
  }
  progress.end();
  for (const problem of problems)
    terminal.err(`${terminal.paintErr('yellow', 'skipped:')} ${safeLine(problem)}\n`);
  return { results, failed: problems.length };
}
