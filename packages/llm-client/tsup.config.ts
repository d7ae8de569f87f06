import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild(
  {
    index: 'src/index.ts',
    offline: 'src/offline.ts',
    testing: 'src/testing.ts',
    resume: 'src/resume.ts',
    'cache-sqlite': 'src/cache-sqlite.ts',
  },
  // `node:sqlite` has no other name.
  { removeNodeProtocol: false },
);
