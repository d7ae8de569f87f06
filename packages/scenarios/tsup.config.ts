import { libraryBuild } from '@pd/presets/tsup';

// Two builds, because the command is ESM only and nobody imports its types. They run at the same time, so
// the one that cleans leaves the other's output alone.
export default [
  libraryBuild(
    { index: 'src/index.ts', distributed: 'src/distributed.ts', testing: 'src/testing.ts' },
    { clean: ['!pd-worker.*'] },
  ),
  libraryBuild(
    { 'pd-worker': 'src/pd-worker.ts' },
    { clean: false, format: ['esm'], dts: false, splitting: false },
  ),
];
