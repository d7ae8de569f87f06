import { copyFile, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dataInPage } from '../src/data-in-page.ts';
import { readPackage } from '../src/package-files.ts';
import { createPackedProject, type PackedProject, REPOSITORY } from '../src/packed-project.ts';
import { temporaryFolder } from '../src/temporary-folder.ts';

const folder = temporaryFolder();
let project: PackedProject;
beforeAll(async () => {
  project = await createPackedProject(folder);
});

test('everything runs on the Node that was asked for', async () => {
  const version = await project.run(process.env.PD_NODE || process.execPath, '--version');
  expect(await project.run('node', '--version')).toBe(version);
  expect(await project.run('npx', '--no', '--', 'node', '--version')).toBe(version);
});

test('every package is installed once, from its tarball', async () => {
  const { packages } = JSON.parse(await read('package-lock.json'));
  const installed = Object.keys(packages).filter((path) => path.includes('node_modules/@pd/'));
  expect(installed.sort()).toEqual(project.manifests.map(({ name }) => `node_modules/${name}`).sort());
  for (const path of installed) expect(packages[path].resolved, path).toMatch(/^file:.*\.tgz$/);
});

test('the tarballs hold what they should and nothing of this machine', async () => {
  for (const { name } of project.manifests) {
    const files = await readPackage(join(folder, 'node_modules', name));
    const paths = files.map(({ path }) => path);
    expect(paths, name).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(paths.filter((path) => path.startsWith('src/') || path.includes('.test.'))).toEqual([]);
    for (const { path, text } of files) {
      expect(text.includes(REPOSITORY), `${name}/${path} names ${REPOSITORY}`).toBe(false);
      if (path === 'package.json') expect(text, name).not.toMatch(/"(?:workspace|catalog|link|file):/);
      if (path.endsWith('.map')) expectWholeMap(`${name}/${path}`, JSON.parse(text));
    }
  }
});

test('every subpath exports the same names as ESM and as CommonJS', async () => {
  const names = project.manifests.map(({ name }) => name);
  const loaded: Record<string, { esm: string[]; cjs: string[] }> = JSON.parse(
    await project.run('node', 'exports.mjs', ...names),
  );
  expect(Object.keys(loaded)).toEqual(expect.arrayContaining(names));
  for (const [specifier, { esm, cjs }] of Object.entries(loaded)) {
    expect(esm, specifier).not.toEqual([]);
    expect(cjs, specifier).toEqual(esm);
  }
});

test('the types hold in an ESM and a CommonJS program, library declarations checked too', async () => {
  await Promise.all(
    ['mts', 'cts'].map((kind) => copyFile(inProject('types.ts'), inProject(`types.${kind}`))),
  );
  expect(await project.run('npx', 'tsc')).toBe('');
});

test.each(['call-log.mjs', 'call-log.cjs', 'transport.mjs', 'transport.cjs'])(
  'the worker thread writes the tree: %s',
  async (program) => {
    const { id, text } = JSON.parse(await project.run('node', program));
    const tree = JSON.parse(await read(`logs/${id}.json`));
    expect(tree).toMatchObject({
      run: { id, status: 'completed', totals: { calls: 1, errors: 0 } },
      agents: [
        {
          id: 'asker',
          calls: [
            {
              status: 'ok',
              pre: { messages: [{ role: 'user', content: 'What floats?' }] },
              post: { message: { role: 'assistant', content: text } },
            },
          ],
        },
      ],
      audit: { dropped: 0, logger_errors: 0 },
    });
    expect(text).not.toBe('');
  },
);

test('agents talk, offline, from server to page', async () => {
  const id = (await project.run('node', 'conversation.mjs')).trim();
  const { messages } = JSON.parse(await read(`logs/${id}.json`));
  expect(messages).toHaveLength(3);
  const page = await read(`${id}.html`);
  for (const { content } of messages) expect(dataInPage(page)).toContain(JSON.stringify(content));
  expect(await read(`${id}.mmd`)).toMatch(/^sequenceDiagram\n/);
  expect(await npx('pd-visualizer', 'html', `logs/${id}.json`)).toBe(`logs/${id}.html\n`);
  expect(await read(`logs/${id}.html`)).toBe(page);
});

test('every command says what it can do', async () => {
  const commands = project.manifests.flatMap(({ bin = {} }) => Object.keys(bin));
  expect(commands).toContain('pd-visualizer');
  for (const command of commands) expect(await npx(command, '--help')).toContain(command);
});

/** A command of the project itself; npx must not look for it anywhere else. */
function npx(command: string, ...args: string[]): Promise<string> {
  return project.run('npx', '--no', '--', command, ...args);
}

function inProject(path: string): string {
  return join(folder, path);
}

function read(path: string): Promise<string> {
  return readFile(inProject(path), 'utf8');
}

/** A map that works on any machine: relative paths, and the sources inside, because `src` is not published. */
function expectWholeMap(path: string, map: { sources: string[]; sourcesContent?: (string | null)[] }): void {
  const { sources, sourcesContent = [] } = map;
  expect(sources.filter(isAbsolute), path).toEqual([]);
  expect(sourcesContent.filter((text) => text !== null).length, path).toBe(sources.length);
}
