import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Browsers and npm installs on a busy two-core machine; a hang still fails.
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
