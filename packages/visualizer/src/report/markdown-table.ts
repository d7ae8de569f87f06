/** A table of Markdown; the first column is text, the others are figures. Cells must be safe already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? ':--' : '--:'));
  return `${[line(head), line(rule), ...rows.map(line)].join('\n')}\n`;
}
