/** An image or a sound that a tool gave. */
export interface MCPImage {
  mime_type: string;
  bytes: number;
  /** Base64; for the program, and not shown to the model. */
  readonly data: string;
}

/** What a tool of an MCP server gave, where that is more than a text. */
export interface MCPResult {
  text?: string;
  structured?: unknown;
  /** Images and sounds: the model is told their type and size. */
  media?: MCPImage[];
  /** What is in the server's resources. */
  resources?: { uri: string; text?: string }[];
}

/** Anything a server may send. */
interface Block {
  type?: unknown;
  text?: unknown;
  data?: unknown;
  mimeType?: unknown;
  uri?: unknown;
  resource?: { uri?: unknown; text?: unknown };
}

/**
 * A result as agents know it: a text where there is nothing else.
 *
 * @throws {Error} with the server's words, when it says that the tool failed
 */
export function toResult(result: {
  content?: unknown;
  structuredContent?: unknown;
  isError?: unknown;
}): string | MCPResult {
  const blocks: Block[] = (Array.isArray(result.content) ? result.content : []).map(Object);
  const text = blocks.flatMap((block) => (block.type === 'text' ? [String(block.text)] : [])).join('\n');
  if (result.isError === true)
    throw new Error(text === '' ? 'the tool failed, and its server does not say why' : text);
  const media = blocks.flatMap(({ type, data, mimeType }) =>
    (type === 'image' || type === 'audio') && typeof data === 'string' ? [toMedia(data, mimeType)] : [],
  );
  const resources = blocks.flatMap(toResource);
  const { structuredContent: structured } = result;
  const isTextOnly = media.length === 0 && resources.length === 0;
  // By the protocol, a server that gives structured content says the same as text.
  if (isTextOnly && (structured === undefined || text !== '')) return text;
  return {
    ...(text !== '' && { text }),
    ...(structured !== undefined && { structured }),
    ...(media.length > 0 && { media }),
    ...(resources.length > 0 && { resources }),
  };
}

function toMedia(data: string, mimeType: unknown): MCPImage {
  const media = { mime_type: String(mimeType), bytes: Buffer.byteLength(data, 'base64') };
  return Object.defineProperty(media, 'data', { value: data }) as MCPImage;
}

function toResource({ type, uri, resource }: Block): { uri: string; text?: string }[] {
  if (type === 'resource_link') return [{ uri: String(uri) }];
  if (type !== 'resource') return [];
  const { uri: at, text } = Object(resource) as NonNullable<Block['resource']>;
  return [{ uri: String(at), ...(typeof text === 'string' && { text }) }];
}
