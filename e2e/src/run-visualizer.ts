import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

const CLI = fileURLToPath(new URL('../../packages/visualizer/dist/cli.js', import.meta.url));

/** What the built `pd-visualizer` prints on standard output. */
export function runVisualizer(cwd: string, ...args: string[]): Promise<string> {
  return runCommand(process.execPath, [CLI, ...args], { cwd, node: process.execPath });
}
