import { globSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const typeTests = 'src/**/*.test-d.ts';

/** Tests of a package: unit, property and type tests beside the sources, process tests in `test/`. */
export const packageTests = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.property.test.ts', 'test/**/*.test.ts'],
    // In CI `check` runs the same compiler over the same files.
    typecheck: { enabled: !process.env.CI && globSync(typeTests).length > 0, include: [typeTests] },
    // What a test starts compiles the same sources as the one before: less than half the work with the types still in them.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    // Real processes and sockets on a busy two-core machine; a hang still fails.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
