import { globSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const typeTests = 'src/**/*.test-d.ts';

/** Tests of a package: unit, property and type tests beside the sources, process tests in `test/`. */
export const packageTests = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.property.test.ts', 'test/**/*.test.ts'],
    typecheck: { enabled: globSync(typeTests).length > 0, include: [typeTests] },
    // Real processes and sockets on a busy two-core machine; a hang still fails.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
