const LONG_CHARS = 900;
const LONG_LINES = 14;
const SHORT_CHARS = 640;
const SHORT_LINES = 9;

/** The beginning of a long text, cut at a word; `undefined` when it is short enough to show whole. */
export function foldText(text: string): string | undefined {
  const ends = lineEnds(text, LONG_LINES + 1);
  if (text.length <= LONG_CHARS && ends.length <= LONG_LINES) return undefined;
  const cut = Math.min(SHORT_CHARS, ends[SHORT_LINES - 1] ?? SHORT_CHARS);
  return text
    .slice(0, cut)
    .replace(/\s+\S{0,40}$/, '')
    .trimEnd();
}

function lineEnds(text: string, most: number): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0 && ends.length < most; at = text.indexOf('\n', at + 1))
    ends.push(at);
  return ends;
}
