import { csvLines } from '../../csv/to-csv.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer csv` */
export const csv = formatCommand({
  name: 'csv',
  summary: 'a row per call, for spreadsheets',
  extension: 'csv',
  goesTo: 'stdout',
  options: {},
  optionsHelp: '',
  make: (tree) => csvLines(tree),
});
