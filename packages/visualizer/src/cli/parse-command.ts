import { parseArgs } from 'node:util';
import { UsageError } from '../errors/usage-error.ts';
import type { MermaidKind } from '../mermaid/to-mermaid.ts';

/** What the command line asks for. `output` is `-` for standard output. */
export type Command =
  | { type: 'help' }
  | { type: 'version' }
  | { type: 'html'; log: string; output: string }
  | { type: 'mermaid'; log: string; output: string; kind: MermaidKind };

/**
 * Reads the command line.
 *
 * @throws {UsageError} when it is not one of the commands
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { type: 'help' };
  if (values.version) return { type: 'version' };
  const [name, log, ...more] = positionals;
  if (name === undefined) throw new UsageError('say what to make: html or mermaid');
  if (name !== 'html' && name !== 'mermaid')
    throw new UsageError(`there is no command ${JSON.stringify(name)}`);
  if (log === undefined) throw new UsageError(`say which log: pd-visualizer ${name} <log>`);
  if (more.length > 0) throw new UsageError(`one log at a time, there are ${more.length + 1}`);
  if (name === 'mermaid') return { type: name, log, output: values.output ?? '-', kind: kindOf(values.kind) };
  if (values.kind !== undefined) throw new UsageError('--kind belongs to mermaid');
  return { type: name, log, output: values.output ?? `${log.replace(/\.jsonl?$/, '')}.html` };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        kind: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split('\n', 1)[0] ?? message, { cause: error });
  }
}

function kindOf(kind = 'flow'): MermaidKind {
  if (kind === 'flow' || kind === 'sequence') return kind;
  throw new UsageError(`--kind is flow or sequence, not ${JSON.stringify(kind)}`);
}
