import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild(
  {
    index: 'src/index.ts',
    mcp: 'src/mcp.ts',
    testing: 'src/testing.ts',
    'memory/sqlite': 'src/memory/sqlite.ts',
    'memory/redis': 'src/memory/redis.ts',
  },
  // `node:sqlite` has no other name.
  { removeNodeProtocol: false },
);
