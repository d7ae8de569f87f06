import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The folders of the published packages. */
const PACKAGES = ['call-log', 'llm-client', 'agents', 'scenarios', 'visualizer'] as const;

/** Where the packages are. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const CONSUMER = fileURLToPath(new URL('../consumer', import.meta.url));

/** The fields of a published package.json that the tests go by. */
export interface Manifest {
  name: string;
  version: string;
  exports: Record<string, unknown>;
  bin?: Record<string, string>;
  dependencies: Record<string, string>;
}

/** A project as a user has it: `consumer/` with the tarballs installed by npm. */
export interface PackedProject {
  folder: string;
  manifests: Manifest[];
  /** Runs a program of the project, Node's first; resolves with what it printed, rejects if it fails. */
  run(command: string, ...args: string[]): Promise<string>;
}

/**
 * Packs all packages as they would be published and installs them with npm. PD_NODE names the Node that npm
 * and the programs run on; default: the one of these tests.
 */
export async function createPackedProject(folder: string): Promise<PackedProject> {
  const run = inFolder(folder, process.env.PD_NODE || process.execPath);
  const tarballs = join(folder, 'tarballs');
  await cp(CONSUMER, folder, { recursive: true });
  await mkdir(tarballs);
  const packed = await Promise.all(PACKAGES.map((name) => pack(name, tarballs)));
  const manifest = await readJson<Manifest>(join(folder, 'package.json'));
  for (const { name, file } of packed) manifest.dependencies[name] = `file:${file}`;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
  const manifests = packed.map(({ name }) => join(folder, 'node_modules', name, 'package.json'));
  return { folder, run, manifests: await Promise.all(manifests.map(readJson<Manifest>)) };
}

async function pack(folder: string, to: string): Promise<{ name: string; file: string }> {
  const run = inFolder(join(REPOSITORY, 'packages', folder), process.execPath);
  const { name, filename }: { name: string; filename: string } = JSON.parse(
    await run('pnpm', 'pack', '--json', '--pack-destination', to),
  );
  return { name, file: filename };
}

function inFolder(cwd: string, node: string): PackedProject['run'] {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  return async (command, ...args) => {
    // A shell only on Windows, where npm and pnpm are .cmd files.
    const shell = process.platform === 'win32';
    const { stdout } = await promisify(execFile)(command, args, { cwd, env, shell });
    return stdout;
  };
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8'));
}
