import type { RunTree } from '@pd/call-log/schema';
import { UsageError } from '../errors/usage-error.ts';
import { toHtml } from '../html/to-html.ts';
import { toMermaid } from '../mermaid/to-mermaid.ts';
import { HELP } from './help.ts';
import { type Command, parseCommand } from './parse-command.ts';

/** What the command line touches of the world. */
export interface CliEnvironment {
  readTree(path: string): Promise<RunTree>;
  writeFile(path: string, text: string): Promise<void>;
  version(): Promise<string>;
  stdout(text: string): void;
  stderr(text: string): void;
}

/**
 * The command `pd-visualizer`.
 *
 * @returns the exit code: 0 done, 1 failed, 2 not understood; what went wrong is one line on `stderr`
 */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  try {
    await execute(parseCommand(args), environment);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isUsage = error instanceof UsageError;
    const hint = isUsage ? ' (see pd-visualizer --help)' : '';
    environment.stderr(`pd-visualizer: ${message.replace(/\s*\n\s*/g, ' ')}${hint}\n`);
    return isUsage ? 2 : 1;
  }
}

async function execute(command: Command, environment: CliEnvironment): Promise<void> {
  switch (command.type) {
    case 'help':
      return environment.stdout(HELP);
    case 'version':
      return environment.stdout(`${await environment.version()}\n`);
    case 'html':
      return write(command.output, toHtml(await environment.readTree(command.log)), environment);
    case 'mermaid': {
      const tree = await environment.readTree(command.log);
      return write(command.output, toMermaid(tree, { kind: command.kind }), environment);
    }
  }
}

async function write(output: string, text: string, environment: CliEnvironment): Promise<void> {
  if (output === '-') return environment.stdout(text);
  await environment.writeFile(output, text);
  environment.stdout(`${output}\n`);
}
