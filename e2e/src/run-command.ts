import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';

/** How to run a command in a folder, with this Node first on the PATH. */
export interface CommandOptions {
  cwd: string;
  node: string;
}

/**
 * Resolves with what the command printed on standard output.
 *
 * @throws {Error} with all that it printed when it fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, node }: CommandOptions,
): Promise<string> {
  // The npx that started pnpm tells its children its prefix, whose Node npm would then prefer.
  const { npm_config_prefix: _, ...inherited } = process.env;
  const env = { ...inherited, PATH: `${dirname(node)}${delimiter}${inherited.PATH}` };
  try {
    // A shell only on Windows, where npm and pnpm are .cmd files.
    const shell = process.platform === 'win32';
    const { stdout } = await promisify(execFile)(command, args, { cwd, env, shell });
    return stdout;
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  }
}
