import { markdownParts } from '../../markdown/to-markdown.ts';
import { formatCommand } from '../format-command.ts';

/** `pd-visualizer markdown` */
export const markdown = formatCommand({
  name: 'markdown',
  summary: 'a transcript to read',
  extension: 'md',
  goesTo: 'stdout',
  options: {},
  optionsHelp: '',
  make: (tree) => markdownParts(tree),
});
