import { MCPError } from '../errors/mcp-error.ts';
import type { AgentTool, Approval, ToolSettings } from '../tools/tool.ts';

/** A server that is started as a program and spoken to over its standard input and output. */
export interface MCPCommand {
  command: string;
  args?: readonly string[];
  /** Besides the few harmless variables that the SDK passes on, such as `PATH` and `HOME`. */
  env?: Readonly<Record<string, string>>;
  /** Default: this process's. */
  cwd?: string;
}

/** A server that is reached over streamable HTTP. */
export interface MCPURL {
  /** `http://` or `https://`. */
  url: string | URL;
  /** Sent with every request, such as `authorization`. */
  headers?: Readonly<Record<string, string>>;
}

export interface MCPSettings extends ToolSettings {
  /** Put in front of the tools' names, with a `_`, to tell servers apart. Default: nothing. */
  prefix?: string;
  /** Which of its tools to use, by their names on the server. Default: all. */
  include?: (name: string) => boolean;
  /** Whether its tools may run. Default: `allow`; the server decides what they do. */
  approval?: Approval;
  /** How long it may take to connect and to list its tools, in milliseconds. Default: 30,000. */
  connectTimeoutMs?: number;
  /** Asks the server for the newest protocol first (`server/discover`); over stdio that starts it once more. Default: `false`. */
  discover?: boolean;
  /** Told when the server's tools have changed and `tools` has the new ones. */
  onToolsChanged?: (tools: readonly AgentTool<string, unknown>[]) => void;
  /** Ends the connecting. */
  signal?: AbortSignal;
}

/** Where a server is, and how its tools are used. */
export type MCPOptions = (MCPCommand | MCPURL) & MCPSettings;

export const DEFAULT_CONNECT_TIMEOUT_MS = 30_000;

/**
 * The server's name for people: its program, or its URL without what may be secret.
 *
 * @throws {MCPError} `mcp_options`
 */
export function checkOptions(options: MCPOptions): string {
  const wrong = (message: string) => new MCPError('mcp_options', `connectMCP: ${message}`);
  const { prefix = '', connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = Object(options) as MCPOptions;
  if (!/^[\w-]{0,32}$/.test(prefix)) throw wrong('prefix has to be at most 32 of a-z A-Z 0-9 _ -');
  if (!(Number.isSafeInteger(connectTimeoutMs) && connectTimeoutMs > 0 && connectTimeoutMs < 2 ** 31))
    throw wrong('connectTimeoutMs has to be a whole number of milliseconds from 1 to 2,147,483,647');
  const { command, url } = Object(options) as { command?: unknown; url?: unknown };
  if ((command === undefined) === (url === undefined)) throw wrong('give either a command or a url');
  if (url === undefined) {
    if (typeof command !== 'string' || command === '' || command.includes('\0'))
      throw wrong('command has to be the name of a program');
    return command;
  }
  const parsed = URL.parse(String(url));
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:')
    throw wrong('url has to begin with http:// or https://');
  return `${parsed.origin}${parsed.pathname}`;
}
