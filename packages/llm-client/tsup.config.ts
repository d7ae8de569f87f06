import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild({ index: 'src/index.ts', offline: 'src/offline.ts', testing: 'src/testing.ts' });
