import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { config } from 'dotenv';

/** The environment, read here and nowhere else. */
export interface Environment {
  /** The repository's root, where `.env` and `logs/` are. */
  root: string;
  /** Where the user is; relative paths on the command line start here. */
  workingDirectory: string;
  /** A variable's value; an empty one counts as not set. */
  get(variable: string): string | undefined;
}

/**
 * Loads the repository's `.env`; variables that are already set stay as they are.
 *
 * @param warn told once when the key stands under its misspelt name
 */
export function loadEnvironment(warn: (line: string) => void): Environment {
  const root = repositoryRoot(dirname(fileURLToPath(import.meta.url)));
  const { error } = config({ path: join(root, '.env'), quiet: true });
  if (error !== undefined && error.code !== 'ENOENT') warn(`.env cannot be read: ${error.message}`);
  const get = (variable: string) => process.env[variable] || undefined;
  acceptMisspeltKey(get, warn);
  // Package managers run scripts in the package's folder and leave the user's here.
  return { root, workingDirectory: resolve(get('INIT_CWD') ?? process.cwd()), get };
}

/** The project's first specification spelt the key's name with a Y; files that follow it go on working. */
function acceptMisspeltKey(get: Environment['get'], warn: (line: string) => void): void {
  const misspelt = get('OPENAI_APY_KEY');
  if (misspelt === undefined || get('OPENAI_API_KEY') !== undefined) return;
  process.env.OPENAI_API_KEY = misspelt;
  warn('OPENAI_APY_KEY is read as OPENAI_API_KEY: please rename it');
}

function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
