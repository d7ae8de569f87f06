import { MCPError } from '../errors/mcp-error.ts';
import type { AgentTool } from '../tools/tool.ts';
import { checkOptions, DEFAULT_CONNECT_TIMEOUT_MS, type MCPOptions } from './mcp-options.ts';
import { openTransport } from './open-transport.ts';
import { toTools } from './to-tools.ts';

/** A connection to an MCP server. */
export interface MCPServer extends AsyncDisposable {
  /** As the server calls itself. */
  readonly name: string;
  /** What the server says about its use, meant for a system prompt; written by others. */
  readonly instructions: string | undefined;
  /** Its tools of the moment. An agent that is to follow changes takes `tools: () => server.tools`. */
  readonly tools: readonly AgentTool<string, unknown>[];
  /** Asks for its tools again; servers that announce changes need no asking. */
  refresh(): Promise<void>;
  /** Ends the connection, and the program that was started. Calls of its tools then fail. */
  close(): Promise<void>;
}

/** The kernel ends a tool call by its signal; the SDK's own limit stays out of the way. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Connects to an MCP server and makes tools of its tools, with `@modelcontextprotocol/client` 2 (the official SDK). What goes wrong
 * with a tool, the end of its server included, is told to the model.
 *
 * @throws {MCPError} when the options make no sense, the server cannot be reached, or the package is missing
 */
export async function connectMCP(options: MCPOptions): Promise<MCPServer> {
  const address = checkOptions(options);
  const { connectTimeoutMs: timeout = DEFAULT_CONNECT_TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  const sdk = await loadSDK();
  const { transport, lastWords, end } = await openTransport(options, sdk);
  let tools: readonly AgentTool<string, unknown>[] = [];
  const client = new sdk.Client(
    { name: '@pd/agents', version: '0' },
    {
      ...(options.discover && { versionNegotiation: { mode: 'auto' as const } }),
      listChanged: {
        tools: {
          autoRefresh: true,
          onChanged: (_error, items) => {
            // A list that cannot be read leaves the old one; calls of tools that are gone fail as data.
            if (items !== null) replaceTools(items);
          },
        },
      },
    },
  );
  const replaceTools = (listed: Parameters<typeof toTools>[0]) => {
    tools = toTools(listed, options, async (name, input, toolSignal) => {
      try {
        return await client.callTool(
          { name, arguments: input },
          { signal: toolSignal, timeout: NO_TIMEOUT_MS },
        );
      } catch (cause) {
        toolSignal.throwIfAborted();
        throw new Error(`the MCP server ${address} did not do it: ${reason(cause)}`, { cause });
      }
    });
    options.onToolsChanged?.(tools);
  };
  const list = async (requestSignal?: AbortSignal) => {
    const limits = { timeout, ...(requestSignal && { signal: requestSignal }) };
    const { tools: listed } = await client.listTools(undefined, { ...limits, cacheMode: 'refresh' });
    return listed;
  };

  const closed = Promise.withResolvers<void>();
  let isClosing = false;
  const close = async () => {
    if (isClosing) return closed.promise;
    isClosing = true;
    await end().catch(() => {});
    await client.close().catch(() => {});
    closed.resolve();
  };
  try {
    await client.connect(transport, { timeout, ...(signal && { signal }) });
    if (client.getServerCapabilities()?.tools !== undefined) replaceTools(await list(signal));
  } catch (cause) {
    const said = lastWords();
    await close();
    if (signal?.aborted) throw signal.reason;
    throw new MCPError(
      'mcp_unavailable',
      `the MCP server ${address} cannot be used: ${reason(cause)}${said === '' ? '' : `; it said: ${said}`}`,
      { cause },
    );
  }
  return {
    name: client.getServerVersion()?.name ?? address,
    instructions: client.getInstructions(),
    get tools() {
      return tools;
    },
    async refresh() {
      try {
        replaceTools(await list());
      } catch (cause) {
        throw new MCPError(
          'mcp_unavailable',
          `the MCP server ${address} does not list its tools: ${reason(cause)}`,
          { cause },
        );
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function loadSDK(): Promise<typeof import('@modelcontextprotocol/client')> {
  try {
    return await import('@modelcontextprotocol/client');
  } catch (cause) {
    throw new MCPError(
      'mcp_unsupported',
      'MCP servers need the official SDK: npm install @modelcontextprotocol/client',
      { cause },
    );
  }
}
