/** Characters of a text that the page has at hand without opening a block: two lines or three. */
const LENGTH = 240;

/** The beginning of a text on one line. */
export function excerpt(text: string): string {
  // A text may have 10 MB on one line.
  const head = text
    .slice(0, 2 * LENGTH)
    .replace(/\s+/g, ' ')
    .trim();
  const cut = head.length > LENGTH || text.length > 2 * LENGTH;
  return (cut ? `${head.slice(0, LENGTH - 1)}…` : head).toWellFormed();
}
