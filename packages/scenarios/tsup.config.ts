import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild({ index: 'src/index.ts', testing: 'src/testing.ts' });
