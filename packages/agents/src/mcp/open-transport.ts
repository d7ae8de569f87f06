import type { Transport } from '@modelcontextprotocol/client';
import type { MCPOptions } from './mcp-options.ts';

/** How much of what a server says on stderr is kept for the error when it does not start, in UTF-16 units. */
const MOST_LAST_WORDS = 1_000;

/** The way to a server. */
interface OpenedTransport {
  transport: Transport;
  /** What the program said on stderr, at the end. */
  lastWords(): string;
  /** Says goodbye to the server, where there is something to say. */
  end(): Promise<void>;
}

/** Nothing is started or sent yet; that is the client's to do. */
export async function openTransport(
  options: MCPOptions,
  sdk: typeof import('@modelcontextprotocol/client'),
): Promise<OpenedTransport> {
  if ('url' in options && options.url !== undefined) {
    const headers = { ...options.headers };
    const transport = new sdk.StreamableHTTPClientTransport(new URL(options.url), {
      requestInit: { headers },
    });
    return { transport, lastWords: () => '', end: () => transport.terminateSession() };
  }
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const { command, args = [], env = {}, cwd } = options as Extract<MCPOptions, { command: string }>;
  const transport = new StdioClientTransport({
    command,
    args: [...args],
    env: { ...env },
    // The terminal is the host program's.
    stderr: 'pipe',
    ...(cwd !== undefined && { cwd }),
  });
  let said = '';
  transport.stderr?.on('data', (piece: Buffer) => {
    said = (said + piece).slice(-MOST_LAST_WORDS);
  });
  return { transport, lastWords: () => said.trim(), end: async () => {} };
}
