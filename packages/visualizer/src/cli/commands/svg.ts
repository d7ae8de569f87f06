import { toSvg } from '../../svg/to-svg.ts';
import { formatCommand } from '../format-command.ts';
import { oneOf } from '../options.ts';

/** `pd-visualizer svg` */
export const svg = formatCommand({
  name: 'svg',
  summary: 'one picture of the graph',
  extension: 'svg',
  goesTo: 'file',
  options: {
    theme: { type: 'string', default: 'light' },
    form: { type: 'string', default: 'auto' },
    title: { type: 'string' },
  },
  optionsHelp: `      --theme <theme>  light (default), dark, or auto: as the reader's system says
      --form <form>    graph, matrix, or auto (default): a matrix where lines would hide each other
      --title <text>   what stands above it; default: the run's name
`,
  make: (tree, { theme, form, title }) =>
    toSvg(tree, {
      theme: oneOf('--theme', theme, ['light', 'dark', 'auto']),
      form: oneOf('--form', form, ['auto', 'graph', 'matrix']),
      title,
    }),
});
