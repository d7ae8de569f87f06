/**
 * The most pieces a reply's text is cut into, so that a recorded 100 KB page does not crawl at a few ms each.
 * With role, finish reason and usage around them, a stream of one choice stays within 400 events.
 */
export const maxChunks = 397;

/**
 * Cuts a text for streaming: words with the whitespace behind them, very long words every 64 code points.
 * Joined, the chunks equal the text exactly, and none begins or ends inside a surrogate pair (the expression
 * is a Unicode one and matches whole code points). The empty text has no chunks.
 */
export function toChunks(text: string, limit: number = maxChunks): string[] {
  const words = text.match(/\S{1,64}\s*|\s+/gu) ?? [];
  if (words.length <= limit) return words;
  const perChunk = Math.ceil(words.length / limit);
  const chunks: string[] = [];
  for (let i = 0; i < words.length; i += perChunk) chunks.push(words.slice(i, i + perChunk).join(''));
  return chunks;
}
