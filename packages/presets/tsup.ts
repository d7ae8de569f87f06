import { defineConfig, type Options } from 'tsup';

/**
 * The build of a published package: ESM and CommonJS with types for both, one output per entry.
 *
 * @param entry output name → source file; the names are the package's subpath exports
 * @param overrides anything a package needs beyond the preset (a CLI, a browser bundle)
 */
export function libraryBuild(entry: Record<string, string>, overrides: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'node22',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    // Keeps one copy of what several entries share, so that `instanceof` and module state agree.
    splitting: true,
    silent: true,
    ...overrides,
  });
}
