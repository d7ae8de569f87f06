import { analyse } from '../../analysis/analyse.ts';
import { toReport } from '../../report/to-report.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer report` */
export const report = formatCommand({
  name: 'report',
  summary: 'where time and money went, as Markdown',
  extension: 'md',
  goesTo: 'stdout',
  options: {},
  optionsHelp: '',
  make: (tree) => toReport(tree, analyse(tree)),
});
