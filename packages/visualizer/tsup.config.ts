import { libraryBuild } from '@pd/presets/tsup';

// Two builds, because the command is ESM only and nobody imports its types. They run at the same time, so
// the one that cleans leaves the other's output alone.
export default [
  libraryBuild({ index: 'src/index.ts', rerun: 'src/rerun.ts' }, { clean: ['!cli.*'] }),
  libraryBuild({ cli: 'src/cli.ts' }, { clean: false, format: ['esm'], dts: false, splitting: false }),
];
