import { safeJson } from '@pd/call-log/terminal';
import { toNodeLink } from '../../node-link/to-node-link.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer json` */
export const json = formatCommand({
  name: 'json',
  summary: 'the graph as node-link JSON, for networkx and d3',
  extension: 'graph.json',
  goesTo: 'stdout',
  options: {},
  optionsHelp: '',
  make: (tree) => `${safeJson(toNodeLink(tree), 2)}\n`,
});
