/** What goes into a file: all of it, or a piece after the other. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Characters or bytes that are written at once. */
const CHUNK = 1 << 20;

/** The same in pieces that are neither tiny nor, unless one is, huge. */
export function* chunksOf(content: Content): Generator<string | Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    yield content;
    return;
  }
  let pieces: string[] = [];
  let size = 0;
  for (const piece of content) {
    if (typeof piece !== 'string') {
      if (size > 0) yield pieces.join('');
      [pieces, size] = [[], 0];
      yield piece;
      continue;
    }
    pieces.push(piece);
    size += piece.length;
    if (size < CHUNK) continue;
    yield pieces.join('');
    [pieces, size] = [[], 0];
  }
  if (size > 0) yield pieces.join('');
}
