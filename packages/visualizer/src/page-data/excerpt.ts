/** Characters of a text that the page has at hand without opening a block: two lines or three. */
const LENGTH = 240;

/** The beginning of a text on one line. */
export function excerpt(text: string): string {
  // A text may have 10 MB on one line; and of most there is nothing to change.
  const head = text.length > LENGTH ? text.slice(0, LENGTH - 1) : text;
  const line = head.includes('\n') || head.includes('  ') ? head.replace(/\s+/g, ' ').trim() : head;
  return (text.length > LENGTH ? `${line}…` : line).toWellFormed();
}
