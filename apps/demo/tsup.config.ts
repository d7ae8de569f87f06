import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { main: 'src/main.ts', worker: 'src/distributed/worker.ts' },
  format: 'esm',
  target: 'node22',
  clean: true,
  sourcemap: true,
  silent: true,
  // `node:sqlite` has no name without it.
  removeNodeProtocol: false,
});
