import { safeLine } from '@pd/call-log/terminal';
import { UsageError } from '../errors/usage-error.ts';
import { csv } from './commands/csv.ts';
import { diff } from './commands/diff.ts';
import { dot } from './commands/dot.ts';
import { html } from './commands/html.ts';
import { json } from './commands/json.ts';
import { markdown } from './commands/markdown.ts';
import { mermaid } from './commands/mermaid.ts';
import { otlp } from './commands/otlp.ts';
import { report } from './commands/report.ts';
import { rerun } from './commands/rerun.ts';
import { show } from './commands/show.ts';
import { svg } from './commands/svg.ts';
import type { Command, Terminal } from './terminal.ts';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ html, svg, mermaid, dot, json, markdown, csv, otlp, rerun, show, report, diff }),
);

/**
 * The command `pd-visualizer`.
 *
 * @returns the exit code: 0 done, 1 a log could not be read or the output not written, 2 not understood; what
 * went wrong is one line on standard error
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      terminal.out(help(rest[0]));
      return 0;
    }
    if (name === '--version') {
      terminal.out(`${await terminal.version()}\n`);
      return 0;
    }
    if (name === undefined) throw new UsageError(`say what to make: ${[...commands.keys()].join(', ')}`);
    const command = commands.get(name);
    if (command === undefined) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
    if (isHelpWanted(rest)) {
      terminal.out(command.help);
      return 0;
    }
    return await command.run(rest, terminal);
  } catch (error) {
    return fail(error, terminal, commands.get(name ?? '')?.failureCode);
  }
}

function fail(error: unknown, { err, showStacks }: Terminal, failureCode = 1): number {
  const isUsage = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = isUsage ? ' (see pd-visualizer --help)' : '';
  err(`pd-visualizer: ${safeLine(message)}${hint}\n`);
  if (showStacks && error instanceof Error) err(`${error.stack}\n`);
  return isUsage ? 2 : failureCode;
}

function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
}

function help(name: string | undefined): string {
  const command = name === undefined ? undefined : commands.get(name);
  if (command !== undefined) return command.help;
  const list = [...commands].map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`).join('\n');
  return `pd-visualizer: see what the agents of a recorded run did

${list}

  pd-visualizer <command> --help   its options
  pd-visualizer --version

Exit codes: 0 done, 1 a log could not be read or the output not written, 2 not understood, 130 stopped by Ctrl-C.
Of diff: 1 a condition of --fail-on holds, 3 a log could not be read or the output not written.
`;
}
