import { libraryBuild } from '@pd/presets/tsup';

export default libraryBuild({
  index: 'src/index.ts',
  schema: 'src/schema.ts',
  context: 'src/context.ts',
  'openai-wire': 'src/openai-wire.ts',
  openai: 'src/openai.ts',
  conversation: 'src/conversation.ts',
  reader: 'src/reader.ts',
  transport: 'src/transport.ts',
});
