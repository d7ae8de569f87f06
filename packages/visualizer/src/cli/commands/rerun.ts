import { toRrd } from '../../rerun/to-rrd.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer rerun` */
export const rerun = formatCommand({
  name: 'rerun',
  summary: 'a recording for the Rerun viewer',
  extension: 'rrd',
  goesTo: 'file',
  options: {},
  optionsHelp: '',
  make: (tree) => toRrd(tree),
});
