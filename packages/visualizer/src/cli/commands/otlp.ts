import type { RunTree } from '@pd/call-log/schema';
import { safeJsonText } from '@pd/call-log/terminal';
import { formatCommand } from '../format-command.ts';
import { oneOf } from '../options.ts';

/** `pd-visualizer otlp` */
export const otlp = formatCommand({
  name: 'otlp',
  summary: 'OpenTelemetry traces, OTLP/JSON with a request on each line',
  extension: 'otlp.jsonl',
  goesTo: 'stdout',
  options: { messages: { type: 'string', default: 'all' } },
  optionsHelp: `      --messages <w>   what a call shows of its request: all of it (default), or only what is new
`,
  make: (tree, { messages }) => requests(tree, oneOf('--messages', messages, ['all', 'new'])),
});

async function requests(tree: RunTree, messages: 'all' | 'new'): Promise<Iterable<string>> {
  const { toOtlpLines } = await import('@pd/call-log/otlp');
  return lines(toOtlpLines(tree, { messages }));
}

function* lines(requests: Iterable<string>): Generator<string> {
  for (const request of requests) yield `${safeJsonText(request)}\n`;
}
