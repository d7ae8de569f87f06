/** What the commands of this repository share: text of a log that a terminal shows and never obeys, its width, tables, colours, figures. */

export {
  formatBytes,
  formatCost,
  formatCount,
  formatDuration,
  formatNumberOf,
  formatTime,
} from './cli/format.ts';
export { createProgress, createStages } from './cli/progress.ts';
export { safeJson, safeJsonText, safeLine, safeText } from './cli/safe-text.ts';
export { createStyle, type Paint, statusColour } from './cli/style.ts';
export { type Cell, type Column, toTable } from './cli/table.ts';
export { fitTo, textWidth, wrapTo } from './cli/text-width.ts';
