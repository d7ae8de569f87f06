import { toDot } from '../../dot/to-dot.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer dot` */
export const dot = formatCommand({
  name: 'dot',
  summary: 'the graph for Graphviz',
  extension: 'dot',
  goesTo: 'stdout',
  options: {},
  optionsHelp: '',
  make: (tree) => toDot(tree),
});
