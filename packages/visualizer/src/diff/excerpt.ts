/** Characters of a text that an excerpt shows at most. */
const LONGEST = 240;
/** How much of what is the same is shown before the first difference. */
const LEAD = 60;

/** Two texts cut to where they first differ; `…` stands for what is left out. */
export function excerpts(a: string, b: string): { a: string; b: string } {
  let same = 0;
  while (same < a.length && same < b.length && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  const longest = Math.max(a.length, b.length);
  const from = longest <= LONGEST ? 0 : Math.max(0, same - LEAD);
  return { a: cut(a, from), b: cut(b, from) };
}

function cut(text: string, from: number): string {
  const end = from + LONGEST;
  return `${from > 0 ? '…' : ''}${text.slice(from, end).toWellFormed()}${end < text.length ? '…' : ''}`;
}
