import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild({ index: 'src/index.ts', distributed: 'src/distributed.ts' });
