/** A line cut to `maxLength` characters (code points), with `…` when something is missing. */
export function shorten(line: string, maxLength: number): string {
  if (line.length <= maxLength) return line;
  // Two units a character at most: the rest of 10 MB need not be taken apart.
  const chars = [...line.slice(0, 2 * maxLength + 2)];
  return chars.length <= maxLength && line.length <= 2 * maxLength + 2
    ? line
    : `${chars.slice(0, Math.max(0, maxLength - 1)).join('')}…`;
}
