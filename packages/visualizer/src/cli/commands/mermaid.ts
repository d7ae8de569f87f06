import { toMermaid } from '../../mermaid/to-mermaid.ts';
import { formatCommand } from '../format-command.ts';
import { oneOf } from '../options.ts';

/** `pd-visualizer mermaid` */
export const mermaid = formatCommand({
  name: 'mermaid',
  summary: 'Mermaid text',
  extension: 'mmd',
  goesTo: 'stdout',
  options: { kind: { type: 'string', default: 'flow' } },
  optionsHelp: `      --kind <kind>    flow: who talked to whom (default); sequence: every message in order
`,
  make: (tree, { kind }) => toMermaid(tree, { kind: oneOf('--kind', kind, ['flow', 'sequence']) }),
});
