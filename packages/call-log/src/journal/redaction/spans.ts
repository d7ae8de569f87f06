/** A place in a text: from its start up to, not including, its end. */
export type Span = readonly [start: number, end: number];

/** In order, and those that overlap or touch as one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before === undefined || start > before[1]) merged.push([start, end]);
    else merged[merged.length - 1] = [before[0], Math.max(before[1], end)];
  }
  return merged;
}

/** `text` from `from` up to `to`, with `mark` in the place of each span. */
export function replaceSpans(
  text: string,
  spans: readonly Span[],
  mark: string,
  from = 0,
  to = text.length,
): string {
  let result = '';
  let at = from;
  for (const [start, end] of spans) {
    if (end <= from || start >= to) continue;
    result += text.slice(at, Math.max(at, start)) + mark;
    at = end;
  }
  return result + text.slice(at, Math.max(at, to));
}
