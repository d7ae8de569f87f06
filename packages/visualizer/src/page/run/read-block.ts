/** What {@link readBlock} reads from: where the blocks stand by their ids. */
export type Blocks = (id: string) => string | undefined;

/**
 * A block of the document as a value.
 *
 * @throws {Error} when the document has lost the block or what stands there is damaged
 */
export async function readBlock(blocks: Blocks, id: string): Promise<unknown> {
  const text = blocks(id);
  if (text === undefined) throw new Error(`this document is incomplete: it has no ${id}`);
  try {
    const bytes = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return JSON.parse(await new Response(bytes).text());
  } catch (cause) {
    throw new Error(`this document is damaged: its ${id} cannot be read`, { cause });
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  // Newer browsers do it by themselves, several times faster.
  const native: unknown = Reflect.get(Uint8Array, 'fromBase64');
  if (typeof native === 'function') return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
