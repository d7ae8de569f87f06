import { version } from '../version.ts';
import { exportRuns } from './export.ts';
import { importFiles } from './import.ts';
import { ls } from './ls.ts';
import { prune } from './prune.ts';
import { recover } from './recover.ts';
import { safeLine } from './safe-text.ts';
import { show } from './show.ts';
import { stats } from './stats.ts';
import { tail } from './tail.ts';
import type { Command, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { verify } from './verify.ts';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ls,
    show,
    tail,
    verify,
    recover,
    stats,
    export: exportRuns,
    import: importFiles,
    prune,
  }),
);

/**
 * The command `call-log`.
 *
 * @returns the exit code: 0 done, 1 a problem was found or something could not be read, 2 not understood; what went
 * wrong is one line on standard error
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      terminal.out(help(rest[0]));
      return 0;
    }
    if (name === '--version') {
      terminal.out(`${version}\n`);
      return 0;
    }
    if (name === undefined) throw new UsageError(`say what to do: ${[...commands.keys()].join(', ')}`);
    const command = commands.get(name);
    if (command === undefined) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
    if (isHelpWanted(rest)) {
      terminal.out(command.help);
      return 0;
    }
    return await command.run(rest, terminal);
  } catch (error) {
    return fail(error, name !== undefined && commands.has(name) ? ` ${name}` : '', terminal);
  }
}

function fail(error: unknown, command: string, { err, paintErr, showStacks }: Terminal): number {
  const isUsage = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = isUsage ? ` (see call-log${command} --help)` : '';
  err(`${paintErr('red', 'call-log:')} ${safeLine(message)}${hint}\n`);
  if (showStacks && error instanceof Error) err(`${error.stack}\n`);
  return isUsage ? 2 : 1;
}

function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
}

function help(name: string | undefined): string {
  const command = name === undefined ? undefined : commands.get(name);
  if (command !== undefined) return command.help;
  const list = [...commands].map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`).join('\n');
  return `call-log: what the agents of recorded runs asked, and got

${list}

  call-log <command> --help   its options
  call-log --version

Logs are looked for in ./logs; --dir <folder> says where else. --json makes any output one for programs.

Exit codes: 0 done, 1 a problem was found or something could not be read, 2 not understood, 130 stopped by Ctrl-C.
`;
}
