import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

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
  const node = process.env.PD_NODE || process.execPath;
  const run: PackedProject['run'] = (command, ...args) => runCommand(command, args, { cwd: folder, node });
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
  const cwd = join(REPOSITORY, 'packages', folder);
  const args = ['pack', '--json', '--pack-destination', to];
  const { name, filename }: { name: string; filename: string } = JSON.parse(
    await runCommand('pnpm', args, { cwd, node: process.execPath }),
  );
  return { name, file: filename };
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8'));
}
