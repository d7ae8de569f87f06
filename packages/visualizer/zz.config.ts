import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { include: ['src/**/*.property.test.ts'], setupFiles: ['src/zz-setup.ts'], testTimeout: 120000 } });
