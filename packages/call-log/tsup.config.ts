import { libraryBuild } from '@pd/presets/tsup';

// Two builds, because the command is ESM only and nobody imports its types. They run at the same time, so
// the one that cleans leaves the other's output alone.
export default [
  libraryBuild(
    {
      index: 'src/index.ts',
      schema: 'src/schema.ts',
      context: 'src/context.ts',
      'openai-wire': 'src/openai-wire.ts',
      openai: 'src/openai.ts',
      conversation: 'src/conversation.ts',
      reader: 'src/reader.ts',
      logger: 'src/logger.ts',
      otlp: 'src/otlp.ts',
      otel: 'src/otel.ts',
      import: 'src/import.ts',
      terminal: 'src/terminal.ts',
      'openai-agents': 'src/openai-agents.ts',
      transport: 'src/transport.ts',
    },
    { clean: ['!cli.*'] },
  ),
  libraryBuild({ cli: 'src/cli.ts' }, { clean: false, format: ['esm'], dts: false, splitting: false }),
];
