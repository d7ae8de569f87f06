import { streamHtml } from '../../html/to-html.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer html` */
export const html = formatCommand({
  name: 'html',
  summary: 'one self-contained page, of one run or several',
  extension: 'html',
  goesTo: 'file',
  options: {},
  optionsHelp: '',
  make: (tree) => streamHtml(tree),
  makeSeveral: (trees) => streamHtml(trees),
});
