import { defineConfig } from 'vitest/config';

/** Tests of a package: unit, property and type tests beside the sources, process tests in `test/`. */
export const packageTests = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.property.test.ts', 'test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts'], ignoreSourceErrors: false },
    // Real processes and sockets on a busy two-core machine; a hang still fails.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
