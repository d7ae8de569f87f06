import { drawMermaid } from '../../mermaid/to-mermaid.ts';
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
  make(tree, { kind }, { err }) {
    const { text, leftOut } = drawMermaid(tree, { kind: oneOf('--kind', kind, ['flow', 'sequence']) });
    if (leftOut !== undefined)
      err(`note: Mermaid takes 50,000 characters and 500 edges: ${leftOut}; html and svg show all of it\n`);
    return text;
  },
});
